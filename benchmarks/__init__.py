"""Measurements that `make bench` prints. Nothing here is a test."""
