package io.millrace.connector.datagen;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.NumberSequenceIterator;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReaderContext;

/** Makes many records of a range in one call. Confined to its task. */
final class GeneratorReader<OUT>
        extends GeneratingIteratorSourceReader<
                Long, OUT, NumberSequenceIterator, NumberSequenceSplit>
        implements ChunkedReader<OUT> {
    GeneratorReader(SourceReaderContext context, GeneratorFunction<Long, OUT> generatorFunction) {
        super(context, generatorFunction);
    }

    @Override
    public InputStatus read(ReaderOutput<OUT> output, int maxRecords) {
        NumberSequenceIterator numbers = iterator;
        if (numbers == null) {
            return tryMoveToNextSplit();
        }
        for (int i = 0; i < maxRecords && numbers.hasNext(); i++) {
            output.collect(convert(numbers.next()));
        }
        if (numbers.hasNext()) {
            return InputStatus.MORE_AVAILABLE;
        }
        finishSplit();
        return tryMoveToNextSplit();
    }
}
