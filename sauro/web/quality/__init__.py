"""The rooms of the quality management system, under /chat-luong/."""
