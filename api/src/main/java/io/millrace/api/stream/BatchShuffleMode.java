package io.millrace.api.stream;

import static io.millrace.api.option.description.TextElement.text;

import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.description.InlineElement;

/** How records are exchanged in batch mode. */
public enum BatchShuffleMode implements DescribedEnum {
    ALL_EXCHANGES_PIPELINED("All vertices run at once, and records go through memory."),
    ALL_EXCHANGES_BLOCKING("Records lie on disk, and are read when all of them have been written."),
    ALL_EXCHANGES_HYBRID_FULL("As ALL_EXCHANGES_BLOCKING."),
    ALL_EXCHANGES_HYBRID_SELECTIVE("As ALL_EXCHANGES_BLOCKING.");

    private final String description;

    BatchShuffleMode(String description) {
        this.description = description;
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }
}
