package io.millrace.connector.datagen;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.ratelimit.NoOpRateLimiter;
import io.millrace.api.source.ratelimit.RateLimitedSourceReader;
import io.millrace.api.source.ratelimit.RateLimiter;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.util.Collection;
import java.util.Objects;

/**
 * Makes one record of each number of a range, each number once, at the rate that a strategy
 * permits. Immutable.
 *
 * <p>The range is cut into one part for each subtask, and a subtask makes the records of its part
 * in order. The source is bounded; with {@code Long.MAX_VALUE} numbers nobody sees its end.
 */
public class DataGeneratorSource<OUT>
        implements Source<OUT, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
                ResultTypeQueryable<OUT>,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    private final GeneratorFunction<Long, OUT> generatorFunction;
    private final NumberSequenceSource sequenceSource;
    private final RateLimiterStrategy<NumberSequenceSplit> rateLimiterStrategy;
    private final TypeInformation<OUT> typeInfo;

    /**
     * As fast as the job goes, from 0 on.
     *
     * @param count how many records, at least 1
     */
    public DataGeneratorSource(
            GeneratorFunction<Long, OUT> generatorFunction,
            long count,
            TypeInformation<OUT> typeInfo) {
        this(generatorFunction, count, RateLimiterStrategy.noOp(), typeInfo);
    }

    /**
     * From 0 on.
     *
     * @param count how many records, at least 1
     */
    public DataGeneratorSource(
            GeneratorFunction<Long, OUT> generatorFunction,
            long count,
            RateLimiterStrategy<NumberSequenceSplit> rateLimiterStrategy,
            TypeInformation<OUT> typeInfo) {
        this(generatorFunction, numbers(count), rateLimiterStrategy, typeInfo);
    }

    public DataGeneratorSource(
            GeneratorFunction<Long, OUT> generatorFunction,
            NumberSequenceSource sequenceSource,
            RateLimiterStrategy<NumberSequenceSplit> rateLimiterStrategy,
            TypeInformation<OUT> typeInfo) {
        this.generatorFunction = Objects.requireNonNull(generatorFunction, "generator function");
        this.sequenceSource = Objects.requireNonNull(sequenceSource, "sequence");
        this.rateLimiterStrategy = Objects.requireNonNull(rateLimiterStrategy, "rate limiter");
        this.typeInfo = Objects.requireNonNull(typeInfo, "type of the records");
    }

    private static NumberSequenceSource numbers(long count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "A data generator makes at least one record, not " + count + ".");
        }
        return new NumberSequenceSource(0, count - 1);
    }

    @Override
    public TypeInformation<OUT> getProducedType() {
        return typeInfo;
    }

    @Override
    public Boundedness getBoundedness() {
        return sequenceSource.getBoundedness();
    }

    @Override
    public SourceReader<OUT, NumberSequenceSplit> createReader(SourceReaderContext readerContext)
            throws Exception {
        GeneratorReader<OUT> reader = new GeneratorReader<>(readerContext, generatorFunction);
        RateLimiter<NumberSequenceSplit> limiter =
                rateLimiterStrategy.createRateLimiter(readerContext.currentParallelism());
        return limiter instanceof NoOpRateLimiter<?>
                ? reader
                : new RateLimitedSourceReader<>(reader, limiter);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext) {
        return sequenceSource.createEnumerator(enumContext);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> enumContext,
            Collection<NumberSequenceSplit> checkpoint) {
        return sequenceSource.restoreEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return sequenceSource.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
            getEnumeratorCheckpointSerializer() {
        return sequenceSource.getEnumeratorCheckpointSerializer();
    }
}
