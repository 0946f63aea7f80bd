package io.millrace.testutils.connector;

import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.Source;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

class DataGeneratorContractTest
        extends SourceContract<String, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
    @Override
    protected Source<String, NumberSequenceSplit, Collection<NumberSequenceSplit>> source() {
        return new DataGeneratorSource<>(number -> "record " + number, 20, Types.STRING);
    }

    @Override
    protected List<String> expected() {
        return LongStream.range(0, 20).mapToObj(number -> "record " + number).toList();
    }
}
