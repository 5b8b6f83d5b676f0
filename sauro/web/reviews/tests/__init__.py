"""Tests of the rooms of reviews, declarations and units' objectives."""
