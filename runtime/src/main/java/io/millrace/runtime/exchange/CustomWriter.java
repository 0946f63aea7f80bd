package io.millrace.runtime.exchange;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.serde.Serializer;

/** Writes each record to the channel that the user's partitioner names. */
final class CustomWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;
    private final Partitioner<Object> partitioner;
    private final KeySelector<Object, Object> keySelector;
    private final int channels;
    private final String operatorName;

    /**
     * @param copier null if records are handed over as they are
     * @param operatorName whom to name if the user's functions fail
     */
    CustomWriter(
            EdgeOutput output,
            Serializer<Object> copier,
            Partitioner<Object> partitioner,
            KeySelector<Object, Object> keySelector,
            String operatorName) {
        super(output);
        this.output = output;
        this.copier = copier;
        this.partitioner = partitioner;
        this.keySelector = keySelector;
        this.channels = output.channels();
        this.operatorName = operatorName;
    }

    @Override
    public void push(Object record, long timestampMs) {
        int channel;
        try {
            channel = partitioner.partition(keySelector.getKey(record), channels);
        } catch (Throwable e) {
            throw UserCodeException.of(operatorName, e);
        }
        if (channel < 0 || channel >= channels) {
            throw UserCodeException.of(operatorName, outOfRange(channel));
        }
        output.append(
                channel,
                copier == null || record == null ? record : copier.copy(record),
                timestampMs);
    }

    private MillraceException outOfRange(int channel) {
        return new MillraceException(
                ErrorCode.USER_CODE_FAILED,
                "the partitioner "
                        + partitioner.getClass().getName()
                        + " returned "
                        + channel
                        + "; allowed are 0 to "
                        + (channels - 1)
                        + ".");
    }
}
