"""What people touch: the Gradio page and the command line. Holds no state that two browsers could share."""
