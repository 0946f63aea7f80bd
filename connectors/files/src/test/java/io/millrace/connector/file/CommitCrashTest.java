package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.file.Path;
import io.millrace.api.sink.Committer;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A committer crashes at each of its points; the commit is repeated, and the file is there once.
 */
class CommitCrashTest {
    @TempDir java.nio.file.Path work;

    static List<FaultPoint> points() {
        return FaultPoint.of(Room.OUTPUT);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void theFileIsThereOnceAfterTheCommitIsRepeated(FaultPoint point) throws Exception {
        java.nio.file.Path staged = Files.writeString(work.resolve("staged"), "content");
        java.nio.file.Path target = work.resolve("out").resolve("part-0");
        FileSinkCommittable file =
                new FileSinkCommittable(
                        new Path(staged.toUri()), new Path(target.toUri()), Files.size(staged));
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        assertThatThrownBy(() -> new FileCommitter().commit(List.of(new Request(file))))
                .isInstanceOf(SimulatedCrash.class);

        Request again = new Request(file);
        new FileCommitter().commit(List.of(again));

        assertThat(again.failed()).isFalse();
        assertThat(target).hasContent("content");
        assertThat(staged).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("points")
    void whatIsReplacedGoesWhenTheCommitIsRepeatedAndNothingElse(FaultPoint point)
            throws Exception {
        java.nio.file.Path output = Files.createDirectories(work.resolve("out"));
        java.nio.file.Path older = Files.writeString(output.resolve("older"), "x");
        java.nio.file.Path staging = Files.createDirectories(output.resolve(".millrace-0"));
        java.nio.file.Path staged = Files.writeString(staging.resolve("staged"), "content");
        java.nio.file.Path target = output.resolve("part-0");
        List<Committer.CommitRequest<FileSinkCommittable>> requests =
                List.of(
                        new Request(
                                new FileSinkCommittable(
                                        new Path(staged.toUri()),
                                        new Path(target.toUri()),
                                        Files.size(staged))),
                        new Request(
                                FileSinkCommittable.end(
                                        new Path(staging.toUri()), new Path(output.toUri()))));
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        assertThatThrownBy(() -> replacing(staging, output).commit(requests))
                .isInstanceOf(SimulatedCrash.class);
        assertThat(older).exists();
        assertThat(output.resolve("_SUCCESS")).doesNotExist();

        replacing(staging, output).commit(requests);

        assertThat(older).doesNotExist();
        assertThat(target).hasContent("content");
        assertThat(output.resolve("_SUCCESS")).doesNotExist();
    }

    private static FileCommitter replacing(java.nio.file.Path staging, java.nio.file.Path output) {
        return new FileCommitter(
                new Path(output.toUri()), new Path(staging.toUri()), OutputMode.OVERWRITE, true);
    }
}
