package io.millrace.api.backend;

import static io.millrace.api.option.description.TextElement.text;

import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.description.InlineElement;

/**
 * Another name of {@link EmbeddedRocksDBStateBackend}: state that is larger than memory. Files lie
 * on the worker's disks, and checkpoints elsewhere. Not thread-safe.
 */
public class ForStStateBackend extends EmbeddedRocksDBStateBackend {
    private static final long serialVersionUID = 1L;

    /** Where timers are kept. */
    public enum PriorityQueueStateType implements DescribedEnum {
        HEAP("Timers are in memory."),
        ForStDB("Timers are in RocksDB.");

        private final String description;

        PriorityQueueStateType(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return text(description);
        }
    }

    public ForStStateBackend() {}
}
