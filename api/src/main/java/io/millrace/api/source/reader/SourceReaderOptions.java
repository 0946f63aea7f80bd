package io.millrace.api.source.reader;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import io.millrace.api.option.Configuration;

/** Options of readers with fetchers. Immutable. */
public class SourceReaderOptions {
    public static final ConfigOption<Long> SOURCE_READER_CLOSE_TIMEOUT =
            ConfigOptions.key("source.reader.close.timeout")
                    .longType()
                    .defaultValue(30_000L)
                    .withDescription(
                            "Milliseconds that closing waits for the threads of fetchers, which"
                                    + " are interrupted then.");

    public static final ConfigOption<Integer> ELEMENT_QUEUE_CAPACITY =
            ConfigOptions.key("source.reader.element.queue.capacity")
                    .intType()
                    .defaultValue(2)
                    .withDescription("Fetches that may wait for the task; at least 1.");

    /** Milliseconds. */
    public final long sourceReaderCloseTimeout;

    public final int elementQueueCapacity;

    public SourceReaderOptions(Configuration config) {
        this.sourceReaderCloseTimeout = config.get(SOURCE_READER_CLOSE_TIMEOUT);
        this.elementQueueCapacity = config.get(ELEMENT_QUEUE_CAPACITY);
        if (elementQueueCapacity < 1) {
            throw new IllegalArgumentException(
                    ELEMENT_QUEUE_CAPACITY.key()
                            + " is at least 1, not "
                            + elementQueueCapacity
                            + ".");
        }
    }
}
