"""Satisfaction and feedback: surveys, complaints and proposals, what the public page shows."""
