package io.millrace.runtime.exchange;

import io.millrace.api.function.KeySelector;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.plan.KeyChecks;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/** Writes each record to the owner of its key's group, with the key's hash beside it. */
final class KeyedWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;
    private final KeySelector<Object, Object> keySelector;
    private final int maxParallelism;
    private final int channels;
    private final String operatorName;
    // The class of the key before: whether its hash means something is asked once for each change.
    private Class<?> checkedClass;

    /**
     * @param copier null if records are handed over as they are
     * @param maxParallelism the consumer's number of key groups
     * @param operatorName whom to name if the key selector fails
     */
    KeyedWriter(
            EdgeOutput output,
            Serializer<Object> copier,
            KeySelector<Object, Object> keySelector,
            int maxParallelism,
            String operatorName) {
        super(output);
        this.output = output;
        this.copier = copier;
        this.keySelector = keySelector;
        this.maxParallelism = maxParallelism;
        this.channels = output.channels();
        this.operatorName = operatorName;
    }

    @Override
    public void push(Object record, long timestampMs) {
        int keyHash;
        try {
            Object key = keySelector.getKey(record);
            keyHash = KeyGroups.hash(key);
            if (key.getClass() != checkedClass) {
                KeyChecks.requireHashOfContents(key);
                checkedClass = key.getClass();
            }
        } catch (Throwable e) {
            throw UserCodeException.of(operatorName, e);
        }
        pushKeyed(record, timestampMs, keyHash);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        int channel =
                channels == 1
                        ? 0
                        : KeyGroups.subtask(
                                KeyGroups.group(keyHash, maxParallelism), channels, maxParallelism);
        output.append(
                channel,
                copier == null || record == null ? record : copier.copy(record),
                timestampMs,
                keyHash);
    }
}
