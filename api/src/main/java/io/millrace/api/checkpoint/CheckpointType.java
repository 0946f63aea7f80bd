package io.millrace.api.checkpoint;

import static io.millrace.api.option.description.TextElement.text;

import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.description.InlineElement;

/** Which kind of checkpoint is asked for. */
public enum CheckpointType implements DescribedEnum {
    /** As configured. */
    CONFIGURED("As the job is configured."),
    /** Stands alone. */
    FULL("Stands alone: shares no file with those before it."),
    /** May share files with those before it. */
    INCREMENTAL("May share files with those before it.");

    public static final CheckpointType DEFAULT = CONFIGURED;

    private final String description;

    CheckpointType(String description) {
        this.description = description;
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }
}
