package io.millrace.api.stream;

import static io.millrace.api.option.description.TextElement.text;

import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.description.InlineElement;

/**
 * How records are exchanged in batch mode. Without effect: both sides of an exchange run at the
 * same time, and records go through memory.
 */
public enum BatchShuffleMode implements DescribedEnum {
    ALL_EXCHANGES_PIPELINED("What this engine does: both sides run, records go through memory."),
    ALL_EXCHANGES_BLOCKING("No effect: asks for all records to lie on disk before they are read."),
    ALL_EXCHANGES_HYBRID_FULL("No effect: asks for memory first and all records on disk."),
    ALL_EXCHANGES_HYBRID_SELECTIVE("No effect: asks for memory first and the rest on disk.");

    private final String description;

    BatchShuffleMode(String description) {
        this.description = description;
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }
}
