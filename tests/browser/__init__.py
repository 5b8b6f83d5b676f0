"""Tests that walk the pages in Chromium."""
