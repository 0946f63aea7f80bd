package io.millrace.api.source;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The values of a program's own collection, in ranges. Immutable. On the way to the workers the
 * values are bytes of the engine's codec, never of Java serialization, so they need not be
 * serializable.
 */
public final class CollectionSource<T>
        implements Source<T, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
                ResultTypeQueryable<T>,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    /** Null once encoded. */
    private final transient List<T> values;

    /** Null until encoded. */
    private final List<byte[]> encoded;

    private final int size;

    /** Null if it is to be found from the values. */
    private final TypeInformation<T> type;

    /**
     * @param values not changed afterwards
     * @param type null if it is to be found from the values
     */
    public CollectionSource(List<T> values, TypeInformation<T> type) {
        this(values, null, values.size(), type);
    }

    private CollectionSource(
            List<T> values, List<byte[]> encoded, int size, TypeInformation<T> type) {
        this.values = values;
        this.encoded = encoded;
        this.size = size;
        this.type = type;
    }

    /** The same values as bytes, ready to travel. */
    public CollectionSource<T> encodedBy(ValueCodec<T> codec) {
        if (encoded != null) {
            return this;
        }
        List<byte[]> bytes = new ArrayList<>(size);
        for (T value : values) {
            bytes.add(codec.encode(value));
        }
        return new CollectionSource<>(null, bytes, size, type);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (encoded == null) {
            throw new NotSerializableException(
                    "values of a collection source travel encoded: call encodedBy first");
        }
        out.defaultWriteObject();
    }

    /** Null if it is to be found from the values. */
    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext readerContext) {
        if (values != null) {
            return new RangeReader<>(readerContext, index -> values.get((int) index));
        }
        ValueCodec<T> codec = readerContext.createValueCodec(type);
        return new RangeReader<>(readerContext, index -> codec.decode(encoded.get((int) index)));
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
        List<NumberSequenceSplit> splits =
                size == 0
                        ? List.of()
                        : NumberSequenceSource.cut(0, size - 1, enumContext.currentParallelism());
        return new QueueEnumerator<>(enumContext, splits);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext,
            Collection<NumberSequenceSplit> checkpoint) {
        return new QueueEnumerator<>(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return new RangeSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return new ListSerializer<>(new RangeSplitSerializer());
    }
}
