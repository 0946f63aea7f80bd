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
    // The channel of each key group: two divisions a record less. Null if there is one channel.
    private final int[] channelOfGroup;
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
        this.channelOfGroup = channelsByGroup(output.channels(), maxParallelism);
        this.operatorName = operatorName;
    }

    private static int[] channelsByGroup(int channels, int maxParallelism) {
        if (channels == 1) {
            return null;
        }
        int[] byGroup = new int[maxParallelism];
        for (int group = 0; group < maxParallelism; group++) {
            byGroup[group] = KeyGroups.subtask(group, channels, maxParallelism);
        }
        return byGroup;
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
                channelOfGroup == null
                        ? 0
                        : channelOfGroup[KeyGroups.group(keyHash, maxParallelism)];
        output.append(
                channel,
                copier == null || record == null ? record : copier.copy(record),
                timestampMs,
                keyHash);
    }
}
