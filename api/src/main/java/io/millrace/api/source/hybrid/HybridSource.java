package io.millrace.api.source.hybrid;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads several sources one after the other as one: what files hold of the past, then a topic. All
 * but the last are bounded. The next one begins when all readers have come to the end of the one
 * before, and a {@link SourceFactory} may make it then, from what the enumerator before it knows.
 *
 * <p>A checkpoint has the position in the source that is being read. It also has that source, by
 * Java serialization, if a factory has made it: after a failure the factory is not asked again.
 * Immutable.
 *
 * @param <T> the records, which all the sources have in common
 */
public class HybridSource<T> implements Source<T, HybridSourceSplit, HybridSourceEnumeratorState> {
    private static final long serialVersionUID = 1L;

    private final List<SourceListEntry> sources;

    /**
     * @param sources in the order of reading; at least one
     */
    protected HybridSource(List<SourceListEntry> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("A hybrid source has at least one source, not 0.");
        }
        this.sources = new ArrayList<>(sources);
    }

    /** Begins with the source that is read first. */
    public static <T, EnumT extends SplitEnumerator> HybridSourceBuilder<T, EnumT> builder(
            Source<T, ?, ?> firstSource) {
        return new HybridSourceBuilder<T, EnumT>().addSource(firstSource);
    }

    /** That of the last source. */
    @Override
    public Boundedness getBoundedness() {
        return sources.get(sources.size() - 1).boundedness;
    }

    @Override
    public SourceReader<T, HybridSourceSplit> createReader(SourceReaderContext readerContext) {
        return new HybridSourceReader<>(readerContext, sources);
    }

    @Override
    public SplitEnumerator<HybridSourceSplit, HybridSourceEnumeratorState> createEnumerator(
            SplitEnumeratorContext<HybridSourceSplit> enumContext) {
        return new HybridSourceEnumerator(enumContext, sources, null);
    }

    @Override
    public SplitEnumerator<HybridSourceSplit, HybridSourceEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<HybridSourceSplit> enumContext,
            HybridSourceEnumeratorState checkpoint) {
        return new HybridSourceEnumerator(enumContext, sources, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<HybridSourceSplit> getSplitSerializer() {
        return new HybridSourceSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<HybridSourceEnumeratorState>
            getEnumeratorCheckpointSerializer() {
        return new HybridSourceEnumeratorStateSerializer();
    }

    /** What a factory may use of the source that has been read to its end. */
    public interface SourceSwitchContext<EnumT> {
        /** Not closed yet; no reader asks it for anything any more. */
        EnumT getPreviousEnumerator();
    }

    /**
     * Makes a source when its turn has come.
     *
     * @param <FromEnumT> the enumerator of the source before it
     */
    @FunctionalInterface
    public interface SourceFactory<
                    T, SourceT extends Source<T, ?, ?>, FromEnumT extends SplitEnumerator>
            extends Serializable {
        /** Called on the enumerator's thread, once for each time that the source is switched to. */
        SourceT create(SourceSwitchContext<FromEnumT> context);
    }

    /** One of the sources. Immutable. */
    static final class SourceListEntry implements Serializable {
        private static final long serialVersionUID = 1L;

        final Source<?, ?, ?> source; // null if the factory makes it
        final SourceFactory<?, ?, ?> factory; // null if the source is there
        final Boundedness boundedness;

        private SourceListEntry(
                Source<?, ?, ?> source, SourceFactory<?, ?, ?> factory, Boundedness boundedness) {
            this.source = source;
            this.factory = factory;
            this.boundedness = boundedness;
        }
    }

    /**
     * Lists the sources in the order of reading.
     *
     * @param <EnumT> the enumerator of the source that was added last
     */
    public static class HybridSourceBuilder<T, EnumT extends SplitEnumerator>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ArrayList<SourceListEntry> sources = new ArrayList<>();

        /** Adds a source as it is. */
        public <ToEnumT extends SplitEnumerator, NextSourceT extends Source<T, ?, ?>>
                HybridSourceBuilder<T, ToEnumT> addSource(NextSourceT source) {
            return add(new SourceListEntry(source, null, source.getBoundedness()));
        }

        /**
         * Adds a source that is made when the one before has been read.
         *
         * @param boundedness what the made source will be
         */
        public <ToEnumT extends SplitEnumerator, NextSourceT extends Source<T, ?, ?>>
                HybridSourceBuilder<T, ToEnumT> addSource(
                        SourceFactory<T, NextSourceT, ? super EnumT> sourceFactory,
                        Boundedness boundedness) {
            return add(new SourceListEntry(null, sourceFactory, boundedness));
        }

        @SuppressWarnings("unchecked") // the type says only which factory may come next
        private <ToEnumT extends SplitEnumerator> HybridSourceBuilder<T, ToEnumT> add(
                SourceListEntry entry) {
            int before = sources.size();
            if (before > 0 && sources.get(before - 1).boundedness != Boundedness.BOUNDED) {
                throw new IllegalArgumentException(
                        "Source "
                                + before
                                + " of a hybrid source never ends, so that source "
                                + (before + 1)
                                + " would never be read: give source "
                                + before
                                + " an end, or make it the last one.");
            }
            sources.add(entry);
            return (HybridSourceBuilder<T, ToEnumT>) this;
        }

        public HybridSource<T> build() {
            return new HybridSource<>(sources);
        }
    }
}
