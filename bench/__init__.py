"""Measurements that are printed and read, never asserted."""
