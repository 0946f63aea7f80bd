package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.graph.LocatedInput;
import io.millrace.api.graph.Preflight;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What sources of files share: how files are found, given out and read. Bounded, unless it watches
 * its paths. Immutable.
 */
public abstract class AbstractFileSource<T, SplitT extends FileSourceSplit>
        implements Source<T, SplitT, PendingSplitsCheckpoint<SplitT>>,
                ResultTypeQueryable<T>,
                Preflight,
                LocatedInput,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    private final Path[] inputPaths;
    private final FileEnumerator.Provider enumeratorFactory;
    private final FileSplitAssigner.Provider assignerFactory;
    private final BulkFormat<T, SplitT> readerFormat;

    /** Null if the paths are listed once. */
    private final ContinuousEnumerationSettings continuousEnumerationSettings;

    /**
     * @param continuousEnumerationSettings null to list the paths once
     */
    protected AbstractFileSource(
            Path[] inputPaths,
            FileEnumerator.Provider fileEnumerator,
            FileSplitAssigner.Provider splitAssigner,
            BulkFormat<T, SplitT> readerFormat,
            ContinuousEnumerationSettings continuousEnumerationSettings) {
        this.inputPaths = InputPaths.requireSome(inputPaths);
        this.enumeratorFactory = Objects.requireNonNull(fileEnumerator, "file enumerator");
        this.assignerFactory = Objects.requireNonNull(splitAssigner, "split assigner");
        this.readerFormat = Objects.requireNonNull(readerFormat, "format");
        this.continuousEnumerationSettings = continuousEnumerationSettings;
    }

    protected FileEnumerator.Provider getEnumeratorFactory() {
        return enumeratorFactory;
    }

    public FileSplitAssigner.Provider getAssignerFactory() {
        return assignerFactory;
    }

    /** Null if the paths are listed once. */
    public ContinuousEnumerationSettings getContinuousEnumerationSettings() {
        return continuousEnumerationSettings;
    }

    @Override
    public void preflight() {
        InputPaths.check(inputPaths);
    }

    /** Judged by the largest files in a few directories. */
    @Override
    public Map<String, Long> bytesByHost() throws IOException {
        return InputPlaces.bytesByHost(inputPaths);
    }

    @Override
    public Boundedness getBoundedness() {
        return continuousEnumerationSettings == null
                ? Boundedness.BOUNDED
                : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, SplitT> createReader(SourceReaderContext readerContext) {
        return new FileSourceReader<>(readerContext, readerFormat);
    }

    @Override
    public SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> createEnumerator(
            SplitEnumeratorContext<SplitT> enumContext) {
        FileEnumerator enumerator = enumeratorFactory.create();
        if (continuousEnumerationSettings != null) {
            return watching(enumContext, enumerator, List.of(), List.of());
        }
        try {
            return new FileSplitEnumerator<>(
                    enumContext,
                    assignerFactory.create(
                            enumerator.enumerateSplits(
                                    inputPaths.clone(), enumContext.currentParallelism())));
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "could not list the input below " + List.of(inputPaths) + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a split is a file split
    public SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> restoreEnumerator(
            SplitEnumeratorContext<SplitT> enumContext,
            PendingSplitsCheckpoint<SplitT> checkpoint) {
        Collection<FileSourceSplit> splits = (Collection<FileSourceSplit>) checkpoint.getSplits();
        return continuousEnumerationSettings != null
                ? watching(
                        enumContext,
                        enumeratorFactory.create(),
                        splits,
                        checkpoint.getAlreadyProcessedPaths())
                : new FileSplitEnumerator<>(enumContext, assignerFactory.create(splits));
    }

    private SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> watching(
            SplitEnumeratorContext<SplitT> context,
            FileEnumerator enumerator,
            Collection<FileSourceSplit> splits,
            Collection<Path> known) {
        return new WatchingSplitEnumerator<>(
                context,
                enumerator,
                assignerFactory.create(splits),
                inputPaths.clone(),
                continuousEnumerationSettings,
                known);
    }

    @Override
    public abstract SimpleVersionedSerializer<SplitT> getSplitSerializer();

    @Override
    public SimpleVersionedSerializer<PendingSplitsCheckpoint<SplitT>>
            getEnumeratorCheckpointSerializer() {
        return new PendingSplitsCheckpointSerializer<>(getSplitSerializer());
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return readerFormat.getProducedType();
    }

    /** Settings that sources of files share. Not thread-safe. */
    protected abstract static class AbstractFileSourceBuilder<
            T,
            SplitT extends FileSourceSplit,
            SELF extends AbstractFileSourceBuilder<T, SplitT, SELF>> {
        protected final Path[] inputPaths;
        protected final BulkFormat<T, SplitT> readerFormat;
        protected FileEnumerator.Provider fileEnumerator;
        protected FileSplitAssigner.Provider splitAssigner;

        /** Null if the paths are listed once. */
        protected ContinuousEnumerationSettings continuousSourceSettings;

        protected AbstractFileSourceBuilder(
                Path[] inputPaths,
                BulkFormat<T, SplitT> readerFormat,
                FileEnumerator.Provider defaultFileEnumerator,
                FileSplitAssigner.Provider defaultSplitAssigner) {
            this.inputPaths = InputPaths.requireSome(inputPaths);
            this.readerFormat = Objects.requireNonNull(readerFormat, "format");
            this.fileEnumerator = defaultFileEnumerator;
            this.splitAssigner = defaultSplitAssigner;
        }

        public abstract AbstractFileSource<T, SplitT> build();

        /**
         * Looks for new files again and again; the source never ends. A file must be whole when it
         * appears, as one that is renamed into the directory is.
         */
        public SELF monitorContinuously(Duration discoveryInterval) {
            this.continuousSourceSettings = new ContinuousEnumerationSettings(discoveryInterval);
            return self();
        }

        /** Reads what is there when the job starts, and ends; the default. */
        public SELF processStaticFileSet() {
            this.continuousSourceSettings = null;
            return self();
        }

        /** How files are found and cut. */
        public SELF setFileEnumerator(FileEnumerator.Provider fileEnumerator) {
            this.fileEnumerator = Objects.requireNonNull(fileEnumerator);
            return self();
        }

        /** Which reader gets which split. */
        public SELF setSplitAssigner(FileSplitAssigner.Provider splitAssigner) {
            this.splitAssigner = Objects.requireNonNull(splitAssigner);
            return self();
        }

        @SuppressWarnings("unchecked") // by the declaration of SELF
        private SELF self() {
            return (SELF) this;
        }
    }
}
