"""Importing: any shop's file of orders, refunds or customers, read by column name into events."""
