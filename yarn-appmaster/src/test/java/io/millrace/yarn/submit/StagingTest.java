package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.yarn.launch.LocalArchive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long NO_SUCH_PROCESS = 4_000_000_000L;

    @TempDir Path directory;
    private FileSystem files;

    @BeforeEach
    void openFileSystem() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        Staging staging = Staging.create(files, root(), "application_1_0001");
        assertThat(files.getFileStatus(staging.directory()).getPermission().toShort())
                .isEqualTo((short) 0700);
        assertThat(files.getFileStatus(staging.directory().getParent()).getPermission().toShort())
                .isEqualTo((short) 0700);
    }

    @Test
    void keepsWhatBelongsToALivingApplication() {
        Staging.create(files, root(), "application_1_0001");
        assertThat(removeAbandoned(Staging.Fate.ALIVE, 100 * HOUR_MS)).isZero();
        assertThat(directory.resolve("staging/application_1_0001")).exists();
    }

    @Test
    void removesWhatAnApplicationThatEndedHasLeft() {
        Staging.create(files, root(), "application_1_0001");
        assertThat(removeAbandoned(Staging.Fate.ENDED, 0)).isEqualTo(1);
        assertThat(directory.resolve("staging/application_1_0001")).doesNotExist();
    }

    @Test
    void keepsWhatALivingClientIsSubmitting() {
        Staging.create(files, root(), "application_1_0001");
        assertThat(removeAbandoned(Staging.Fate.UNKNOWN, 0)).isZero();
    }

    @Test
    void removesWhatADeadClientOfThisHostHasLeft() throws IOException {
        killedSubmitter("application_1_0001", Submitter.ofThisProcess().host());
        assertThat(removeAbandoned(Staging.Fate.UNKNOWN, 0)).isEqualTo(1);
    }

    @Test
    void givesTheClientOfAnotherHostAnHour() throws IOException {
        killedSubmitter("application_1_0001", "elsewhere");
        assertThat(removeAbandoned(Staging.Fate.UNKNOWN, HOUR_MS / 2)).isZero();
        assertThat(removeAbandoned(Staging.Fate.UNKNOWN, 2 * HOUR_MS)).isEqualTo(1);
    }

    @Test
    void removesHalfAnUploadOfADeadProcess() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        String host = Submitter.ofThisProcess().host();
        Files.writeString(lib.resolve("abc.zip"), "whole");
        Files.writeString(
                lib.resolve(new Submitter(host, NO_SUCH_PROCESS).partName("abc")), "half");
        Files.writeString(lib.resolve(Submitter.ofThisProcess().partName("abc")), "half");
        assertThat(removeAbandoned(Staging.Fate.UNKNOWN, 0)).isEqualTo(1);
        assertThat(lib.resolve("abc.zip")).exists();
        assertThat(lib.resolve(Submitter.ofThisProcess().partName("abc"))).exists();
    }

    @Test
    void uploadsLibrariesOnceAndAgainWhenTheyAreDamaged() throws IOException {
        Path home = directory.resolve("home");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/api.jar"), "api");
        LibraryPlan plan = LibraryPlan.of(home);
        LibraryStore store = new LibraryStore(files, root());
        LocalArchive first = store.provide(plan);
        assertThat(store.provide(plan)).isEqualTo(first);
        Path archive = Path.of(new org.apache.hadoop.fs.Path(first.uri()).toUri().getPath());
        Files.writeString(archive, "torn");
        assertThat(store.provide(plan).sizeBytes()).isEqualTo(first.sizeBytes());
        try (var left = Files.list(directory.resolve("lib"))) {
            assertThat(left).containsExactly(archive);
        }
    }

    private void killedSubmitter(String application, String host) throws IOException {
        Path staging = Files.createDirectories(directory.resolve("staging/" + application));
        Files.createFile(staging.resolve(new Submitter(host, NO_SUCH_PROCESS).markerName()));
    }

    private int removeAbandoned(Staging.Fate fate, long laterMs) {
        return Staging.removeAbandoned(
                files, root(), id -> fate, System.currentTimeMillis() + laterMs);
    }

    private org.apache.hadoop.fs.Path root() {
        return new org.apache.hadoop.fs.Path(directory.toUri());
    }
}
