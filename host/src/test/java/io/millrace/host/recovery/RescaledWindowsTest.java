package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Windows and interval joins go on from a retained checkpoint at another parallelism, and after a
 * failure: no window loses a record, has one twice or fires twice.
 */
@Timeout(120)
class RescaledWindowsTest {
    private static final int PER_CHECKPOINT = 3_000;

    @TempDir private Path directory;

    static Stream<Arguments> kindsAndScales() {
        return Stream.of("hashmap", "rocksdb")
                .flatMap(
                        backend ->
                                Stream.of(WindowLedger.Kind.values())
                                        .flatMap(
                                                kind ->
                                                        Stream.of(
                                                                Arguments.of(backend, kind, 2, 3),
                                                                Arguments.of(
                                                                        backend, kind, 3, 2))));
    }

    private LedgerRun.Setup setup(String backend, WindowLedger.Kind kind) {
        WindowLedger.forget();
        return LedgerRun.in(directory)
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                .program(env -> WindowLedger.build(env, kind, PER_CHECKPOINT));
    }

    @ParameterizedTest
    @MethodSource("kindsAndScales")
    void windowsMoveToTheSubtasksThatThereAre(
            String backend, WindowLedger.Kind kind, int before, int after) throws Exception {
        String jobId;
        LedgerRun.Setup held = setup(backend, kind).parallelism(before);
        WindowLedger.holdSecondHalf();
        try (LedgerRun first = held.start()) {
            WindowLedger.awaitLines();
            // One may have been under way; the next one begins when windows have fired.
            jobId = first.awaitCheckpoints(2).cancel().jobId();
        }
        List<String> said = new ArrayList<>(WindowLedger.LINES);

        try (LedgerRun second =
                setup(backend, kind)
                        .parallelism(after)
                        .with(
                                "execution.state-recovery.path",
                                directory.resolve(jobId).toUri().toString())
                        .start()) {
            assertThat(second.finishAtOnce().view().checkpoints().restoredId()).isPositive();
        }

        List<String> then = List.copyOf(WindowLedger.LINES);
        assertThat(then).doesNotHaveDuplicates();
        assertThat(then.size()).isLessThan(WindowLedger.expected(kind).size());
        said.addAll(then);
        assertThat(new TreeSet<>(said)).isEqualTo(WindowLedger.expected(kind));
    }

    @ParameterizedTest
    @EnumSource(WindowLedger.Kind.class)
    void windowsAreWholeAfterAFailure(WindowLedger.Kind kind) throws Exception {
        LedgerRun.Setup held = setup("hashmap", kind).with("restart-strategy.type", "fixed-delay");
        WindowLedger.holdSecondHalf();
        try (LedgerRun run = held.start()) {
            run.awaitCheckpoints(3);
            WindowLedger.FAIL.set(true);
            WindowLedger.letSecondHalfGo();
            run.finish();
            assertThat(run.view().exceptions()).isNotEmpty();
        }

        assertThat(new TreeSet<>(WindowLedger.LINES)).isEqualTo(WindowLedger.expected(kind));
    }
}
