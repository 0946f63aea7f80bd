package io.millrace.api.option.description;

/** A part that stands for itself, as a paragraph does. Immutable. */
public interface BlockElement extends DescriptionElement {}
