"""The LLM engine: any OpenAI-compatible endpoint, asked with templates, answering in a schema."""
