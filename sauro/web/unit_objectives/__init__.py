"""Objectives and plans of units."""
