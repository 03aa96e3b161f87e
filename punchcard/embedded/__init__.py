"""The servers of a single machine: started, watched and stopped with the rest."""
