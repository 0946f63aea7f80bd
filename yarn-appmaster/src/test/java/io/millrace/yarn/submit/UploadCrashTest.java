package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client crashes at each point of its uploads; the next one submits, and nothing is left. */
class UploadCrashTest {
    private static final String CRASHED = "application_1_0001";

    @TempDir Path directory;
    private FileSystem files;

    static List<FaultPoint> points() {
        return FaultPoint.of(Room.UPLOAD);
    }

    @BeforeEach
    void prepare() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
        Files.createDirectories(directory.resolve("home/lib"));
        Files.writeString(directory.resolve("home/lib/api.jar"), "api");
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private org.apache.hadoop.fs.Path root() {
        return new org.apache.hadoop.fs.Path(directory.toUri());
    }

    private Staging submit(String application) throws IOException {
        new LibraryStore(files, root()).provide(LibraryPlan.of(directory.resolve("home")));
        Staging staging = Staging.create(files, root(), application);
        staging.upload(zip -> {});
        return staging;
    }

    @ParameterizedTest
    @MethodSource("points")
    void theNextSubmissionWorksAndNothingIsLeft(FaultPoint point) throws IOException {
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        assertThatThrownBy(() -> submit(CRASHED)).isInstanceOf(SimulatedCrash.class);

        Staging second = submit("application_1_0002");
        Staging.removeAbandoned(
                files,
                root(),
                id -> id.equals(CRASHED) ? Staging.Fate.ENDED : Staging.Fate.ALIVE,
                System.currentTimeMillis());

        assertThat(directory.resolve("staging/" + CRASHED)).doesNotExist();
        assertThat(files.exists(second.directory())).isTrue();
        try (var libraries = Files.list(directory.resolve("lib"))) {
            assertThat(libraries).hasSize(1);
        }
    }
}
