package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.api.input.FileProcessingMode;
import io.millrace.api.input.GenericInputFormat;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.input.GlobFilePathFilter;
import io.millrace.api.input.NonParallelInput;
import io.millrace.api.input.ReplicatingInputFormat;
import io.millrace.api.input.TextInputFormat;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that read with input formats, on the embedded cluster. */
@Timeout(60)
@SuppressWarnings("deprecation") // readFile is
class InputFormatProgramsTest {
    private static final Queue<String> HAPPENED = new ConcurrentLinkedQueue<>();

    @TempDir java.nio.file.Path work;

    @BeforeEach
    void forget() {
        HAPPENED.clear();
    }

    /** So many numbers in each split, in a tuple that it fills again and again. */
    private static class Numbers extends GenericInputFormat<Tuple2<Integer, Integer>> {
        private static final long serialVersionUID = 1L;
        private final int count;
        private int next;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public void openInputFormat() {
            HAPPENED.add("open " + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public void open(GenericInputSplit split) throws IOException {
            super.open(split);
            next = 0;
        }

        @Override
        public boolean reachedEnd() {
            return next == count;
        }

        @Override
        public Tuple2<Integer, Integer> nextRecord(Tuple2<Integer, Integer> reuse)
                throws IOException {
            if (next == 13) {
                throw new IOException("an unlucky number");
            }
            next++;
            if (next % 2 == 0) {
                return null;
            }
            Tuple2<Integer, Integer> record = reuse == null ? new Tuple2<>() : reuse;
            record.setFields(partitionNumber, next);
            return record;
        }

        @Override
        public void close() {
            HAPPENED.add("split ends");
        }

        @Override
        public void closeInputFormat() {
            HAPPENED.add("close");
        }
    }

    /** The same with one split. */
    private static final class OneSplit extends Numbers implements NonParallelInput {
        private static final long serialVersionUID = 1L;

        OneSplit(int count) {
            super(count);
        }
    }

    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        return env;
    }

    @Test
    void readsAllSplitsOfAFormat() throws Exception {
        List<Tuple2<Integer, Integer>> records =
                environment()
                        .createInput(new Numbers(4), Types.TUPLE(Types.INT, Types.INT))
                        .executeAndCollect(10);

        assertThat(records)
                .containsExactlyInAnyOrder(
                        Tuple2.of(0, 1), Tuple2.of(0, 3), Tuple2.of(1, 1), Tuple2.of(1, 3));
        assertThat(HAPPENED)
                .containsExactlyInAnyOrder(
                        "open 0", "open 1", "split ends", "split ends", "close", "close");
    }

    @Test
    void oneSplitIsReadByOneSubtaskAndReplicatedSplitsByAll() throws Exception {
        assertThat(environment().createInput(new OneSplit(2)).executeAndCollect(10))
                .containsExactly(Tuple2.of(0, 1));
        assertThat(
                        environment()
                                .createInput(
                                        new ReplicatingInputFormat<>(new OneSplit(2)),
                                        Types.TUPLE(Types.INT, Types.INT))
                                .executeAndCollect(10))
                .containsExactly(Tuple2.of(0, 1), Tuple2.of(0, 1));
    }

    @Test
    void aFormatThatFailsIsClosedAndNamed() {
        assertThatThrownBy(() -> environment().createInput(new OneSplit(20)).executeAndCollect(100))
                .hasStackTraceContaining("Custom Source")
                .hasStackTraceContaining("an unlucky number");
        assertThat(HAPPENED).contains("split ends", "close");
    }

    private TextInputFormat lines() {
        return new TextInputFormat(new Path(work.toUri()));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(work.resolve(name), content);
    }

    @Test
    void readsFilesOnce() throws Exception {
        write("a.txt", "one\ntwo\nthree\n");
        write("b.txt", "four");
        write("c.log", "five");

        assertThat(
                        environment()
                                .readFile(
                                        lines(),
                                        work.toString(),
                                        FileProcessingMode.PROCESS_ONCE,
                                        -1,
                                        new GlobFilePathFilter(List.of("**.txt"), List.of()))
                                .executeAndCollect(10))
                .containsExactlyInAnyOrder("one", "two", "three", "four");
        assertThat(environment().createInput(lines()).executeAndCollect(10)).hasSize(5);
    }

    @Test
    void readsFilesThatComeOrChangeLater() throws Exception {
        write("a", "one\n");
        try (CloseableIterator<String> lines =
                environment()
                        .readFile(
                                lines(),
                                work.toString(),
                                FileProcessingMode.PROCESS_CONTINUOUSLY,
                                10)
                        .executeAndCollect()) {
            assertThat(lines.next()).isEqualTo("one");
            write(".b", "two\n");
            Files.move(work.resolve(".b"), work.resolve("b"));
            assertThat(lines.next()).isEqualTo("two");
            write(".a", "changed\n");
            Files.setLastModifiedTime(work.resolve(".a"), FileTime.fromMillis(1_000_000));
            Files.move(
                    work.resolve(".a"),
                    work.resolve("a"),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            assertThat(lines.next()).isEqualTo("changed");
        }
    }

    @Test
    void whatIsMissingFailsTheJobByName() {
        assertThatThrownBy(
                        () ->
                                environment()
                                        .readFile(lines(), work.resolve("missing").toString())
                                        .executeAndCollect(10))
                .hasStackTraceContaining("missing");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(
                        () ->
                                environment()
                                        .readFile(
                                                lines(),
                                                "x",
                                                FileProcessingMode.PROCESS_CONTINUOUSLY,
                                                0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> environment().readFile(lines(), " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
    }
}
