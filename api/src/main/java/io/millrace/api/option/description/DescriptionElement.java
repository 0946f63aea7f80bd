package io.millrace.api.option.description;

/** A part of a description. Immutable. */
interface DescriptionElement {
    /** Calls the method of the formatter that is for this kind of part. */
    void format(Formatter formatter);
}
