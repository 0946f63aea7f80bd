package io.millrace.api.option;

import io.millrace.api.option.description.InlineElement;

/** An enum of an option's values, each of which says what it does. */
public interface DescribedEnum {
    InlineElement getDescription();
}
