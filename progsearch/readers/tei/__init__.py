"""Text encoded by the guidelines of the Text Encoding Initiative."""
