package io.millrace.runtime.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.runtime.chain.Receiver;
import java.util.Map;
import java.util.function.Function;

/** The side outputs of one operator that somebody wants. Confined to its task. */
public final class SideOutputs {
    private final Function<String, Receiver> receivers;
    // The tag of the last record, and where its output leads: most functions use one tag object.
    private OutputTag<?> lastTag;
    private Receiver lastReceiver;

    public SideOutputs(Map<String, Receiver> receiversByTag) {
        this(Map.copyOf(receiversByTag)::get);
    }

    /**
     * @param receivers gives the place behind the output of a tag's id, always the same; null if
     *     nobody wants its records
     */
    public SideOutputs(Function<String, Receiver> receivers) {
        this.receivers = receivers;
    }

    /**
     * Emits a record; one that nobody wants is dropped.
     *
     * @param timestampMs or {@code RecordChunk.NO_TIMESTAMP}
     */
    public void emit(OutputTag<?> tag, Object record, long timestampMs) {
        if (tag == null) {
            throw new IllegalArgumentException(
                    "The output tag is null. Give output() the OutputTag that getSideOutput() was"
                            + " given.");
        }
        if (tag != lastTag) {
            lastTag = tag;
            lastReceiver = receivers.apply(tag.getId());
        }
        if (lastReceiver != null) {
            lastReceiver.push(record, timestampMs);
        }
    }
}
