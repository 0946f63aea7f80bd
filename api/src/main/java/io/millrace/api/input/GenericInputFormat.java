package io.millrace.api.input;

import io.millrace.api.option.Configuration;
import java.io.IOException;

/**
 * The part that formats have in common whose splits are no more than numbers. Confined to a task.
 */
public abstract class GenericInputFormat<OT> extends RichInputFormat<OT, GenericInputSplit> {
    private static final long serialVersionUID = 1L;

    /** Of the split that is open, from 0. */
    protected int partitionNumber;

    @Override
    public void configure(Configuration parameters) {}

    @Override
    public BaseStatistics getStatistics(BaseStatistics cachedStatistics) throws IOException {
        return cachedStatistics;
    }

    /** As many as are asked for; one for a {@link NonParallelInput}. */
    @Override
    public GenericInputSplit[] createInputSplits(int numSplits) throws IOException {
        if (numSplits < 1) {
            throw new IllegalArgumentException(
                    "At least one split is to be made, not " + numSplits + ".");
        }
        int number = this instanceof NonParallelInput ? 1 : numSplits;
        GenericInputSplit[] splits = new GenericInputSplit[number];
        for (int i = 0; i < number; i++) {
            splits[i] = new GenericInputSplit(i, number);
        }
        return splits;
    }

    @Override
    public DefaultInputSplitAssigner getInputSplitAssigner(GenericInputSplit[] splits) {
        return new DefaultInputSplitAssigner(splits);
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
        this.partitionNumber = split.getSplitNumber();
    }

    @Override
    public void close() throws IOException {}
}
