package io.millrace.testutils.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.NumberSequenceSource.NumberSequenceSplit;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contracts find connectors that break them. */
class BrokenConnectorsTest {
    /** How a sink breaks its contract. */
    private enum Flaw {
        NONE,
        SHOWS_EARLY,
        COMMITS_TWICE,
        FORGETS_WHEN_CLOSED
    }

    /** Commits into a list. */
    private static final class Listed extends SinkContract<String, String> {
        private final Flaw flaw;
        private final List<String> visible = new ArrayList<>();

        Listed(Flaw flaw) {
            this.flaw = flaw;
        }

        @Override
        protected Sink<String> sink() {
            return new ListSink(flaw, visible);
        }

        @Override
        protected String record(int number) {
            return "r" + number;
        }

        @Override
        protected List<String> visible() {
            return visible;
        }
    }

    private static final class ListSink implements Sink<String>, SupportsCommitter<String> {
        private static final long serialVersionUID = 1L;

        private final Flaw flaw;
        private final transient List<String> visible;

        ListSink(Flaw flaw, List<String> visible) {
            this.flaw = flaw;
            this.visible = visible;
        }

        @Override
        public CommittingSinkWriter<String, String> createWriter(WriterInitContext context) {
            return new CommittingSinkWriter<>() {
                private List<String> since = new ArrayList<>();

                @Override
                public void write(String element, Context context) {
                    since.add(element);
                }

                @Override
                public void flush(boolean endOfInput) {
                    if (flaw == Flaw.SHOWS_EARLY) {
                        visible.addAll(since);
                    }
                }

                @Override
                public Collection<String> prepareCommit() {
                    List<String> prepared = since;
                    since = new ArrayList<>();
                    return prepared;
                }

                @Override
                public void close() {
                    if (flaw == Flaw.FORGETS_WHEN_CLOSED) {
                        visible.clear();
                    }
                }
            };
        }

        @Override
        public Committer<String> createCommitter(CommitterInitContext context) {
            return new Committer<>() {
                @Override
                public void commit(Collection<CommitRequest<String>> requests) {
                    for (CommitRequest<String> request : requests) {
                        if (flaw == Flaw.COMMITS_TWICE
                                || !visible.contains(request.getCommittable())) {
                            visible.add(request.getCommittable());
                        }
                    }
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public SimpleVersionedSerializer<String> getCommittableSerializer() {
            return new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 1;
                }

                @Override
                public byte[] serialize(String text) {
                    return text.getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public String deserialize(int version, byte[] serialized) {
                    return new String(serialized, StandardCharsets.UTF_8);
                }
            };
        }
    }

    @Test
    void aSinkThatIsSoundPasses() throws Exception {
        new Listed(Flaw.NONE).nothingIsVisibleBeforeTheCommit();
        new Listed(Flaw.NONE).eachCheckpointHasWhatWasWrittenSinceTheOneBefore();
        new Listed(Flaw.NONE).whereverAJobStopsEachRecordIsVisibleOnce();
        new Listed(Flaw.NONE).aCommitThatIsRepeatedChangesNothing();
        new Listed(Flaw.NONE).whatIsCommittedStaysWhenTheRestIsCleanedUp();
    }

    @Test
    void aSinkThatShowsItsOutputEarlyIsFound() {
        assertThatThrownBy(() -> new Listed(Flaw.SHOWS_EARLY).nothingIsVisibleBeforeTheCommit())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(
                        () ->
                                new Listed(Flaw.SHOWS_EARLY)
                                        .whereverAJobStopsEachRecordIsVisibleOnce())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aSinkThatCommitsTwiceIsFound() {
        assertThatThrownBy(
                        () -> new Listed(Flaw.COMMITS_TWICE).aCommitThatIsRepeatedChangesNothing())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(
                        () ->
                                new Listed(Flaw.COMMITS_TWICE)
                                        .whereverAJobStopsEachRecordIsVisibleOnce())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aSinkThatForgetsWhatIsCommittedIsFound() {
        assertThatThrownBy(
                        () ->
                                new Listed(Flaw.FORGETS_WHEN_CLOSED)
                                        .whatIsCommittedStaysWhenTheRestIsCleanedUp())
                .isInstanceOf(AssertionError.class);
    }

    /** Reads numbers; one call of its readers does not do what it should. */
    private static final class Numbers
            extends SourceContract<Long, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
        private final String flaw;

        Numbers(String flaw) {
            this.flaw = flaw;
        }

        @Override
        protected Source<Long, NumberSequenceSplit, Collection<NumberSequenceSplit>> source() {
            return new Flawed(flaw);
        }

        @Override
        protected List<Long> expected() {
            return LongStream.rangeClosed(0, 9).boxed().toList();
        }
    }

    private static final class Flawed extends NumberSequenceSource {
        private static final long serialVersionUID = 1L;

        private final String flaw;

        Flawed(String flaw) {
            super(0, 9);
            this.flaw = flaw;
        }

        @Override
        @SuppressWarnings("unchecked") // stands for such a reader
        public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
            SourceReader<Long, NumberSequenceSplit> sound = super.createReader(context);
            return (SourceReader<Long, NumberSequenceSplit>)
                    Proxy.newProxyInstance(
                            Flawed.class.getClassLoader(),
                            new Class<?>[] {SourceReader.class},
                            (proxy, method, arguments) -> {
                                Object result = method.invoke(sound, arguments);
                                return method.getName().equals(flaw) ? List.of() : result;
                            });
        }
    }

    @Test
    void aSourceThatForgetsItsSplitsIsFound() throws Exception {
        new Numbers("").itGoesOnFromACheckpointBehindAnyRecord();
        assertThatThrownBy(
                        () -> new Numbers("snapshotState").itGoesOnFromACheckpointBehindAnyRecord())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void metricsOfAnyKindCanBeRegistered() {
        var group = AnyMetrics.of(io.millrace.api.metric.SourceReaderMetricGroup.class);
        group.addGroup("a").counter("b").inc();
        assertThat(group.gauge("c", () -> 1).getValue()).isEqualTo(1);
        assertThat(group.getAllVariables()).isEmpty();
    }
}
