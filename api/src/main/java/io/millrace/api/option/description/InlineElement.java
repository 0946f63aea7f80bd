package io.millrace.api.option.description;

/** A part that stands in a line. Immutable. */
public interface InlineElement extends DescriptionElement {}
