package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.ManifestCodec;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobId;
import io.millrace.savepoint.SampleSavepoints;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
    private static final long NOW = 1_000_000;

    @TempDir private java.nio.file.Path temporary;

    @BeforeEach
    void sample() throws IOException {
        SampleSavepoints.nativeAt(temporary.resolve("s/one"), 1000, 0, 5, "x");
        SampleSavepoints.tablesAt(temporary.resolve("s/two"), 2000, 0, 5, "x");
        SampleSavepoints.nativeAt(temporary.resolve("s/three"), 3000, 0, 5, "x");
    }

    private Prune prune(int keep) {
        return new Prune(
                new Path(temporary.resolve("s").toString()),
                List.of(new Path(temporary.resolve("c").toString())),
                new Retention(keep, 0));
    }

    private static List<String> gone(Prune.Plan plan) {
        return plan.verdicts().stream()
                .filter(Retention.Verdict::goes)
                .map(each -> each.entry().path().getName())
                .toList();
    }

    @Test
    void aPlanRemovesNothing() throws IOException {
        Files.createDirectories(temporary.resolve("c"));

        Prune.Plan plan = prune(1).plan(NOW);

        assertThat(gone(plan)).containsExactly("two", "one");
        assertThat(plan.bytesFreed()).isPositive();
        assertThat(temporary.resolve("s/one")).exists();
    }

    @Test
    void whatGoesIsRemovedWholly() throws IOException {
        Files.createDirectories(temporary.resolve("c"));
        Prune.Plan plan = prune(1).plan(NOW);

        Prune.Plan removed = prune(1).remove(plan, NOW);

        assertThat(removed.bytesFreed()).isEqualTo(plan.bytesFreed());
        assertThat(temporary.resolve("s")).isDirectoryContaining(each -> each.endsWith("three"));
        assertThat(temporary.resolve("s/one")).doesNotExist();
        assertThat(temporary.resolve("s/two")).doesNotExist();
    }

    @Test
    void whatLiesInTheDirectoryOfOneThatGoesIsLeft() throws IOException {
        Files.createDirectories(temporary.resolve("c"));
        SampleSavepoints.tablesAt(temporary.resolve("s/one/inner"), 500, 0, 5, "x");
        Files.writeString(temporary.resolve("s/two/notes.txt"), "mine");

        prune(1).remove(prune(1).plan(NOW), NOW);

        assertThat(temporary.resolve("s/one/inner/_manifest.json")).exists();
        assertThat(temporary.resolve("s/one/" + SampleSavepoints.JOB)).doesNotExist();
        assertThat(temporary.resolve("s/two")).isDirectoryContaining("glob:**notes.txt");
        assertThat(temporary.resolve("s/two/_manifest.json")).doesNotExist();
    }

    @Test
    void aPinThatCameMeanwhileCounts() throws IOException {
        Files.createDirectories(temporary.resolve("c"));
        Prune.Plan plan = prune(1).plan(NOW);
        MarkFiles.of(new Path(temporary.resolve("s/two").toString())).pin();

        prune(1).remove(plan, NOW);

        assertThat(temporary.resolve("s/one")).doesNotExist();
        assertThat(temporary.resolve("s/two")).exists();
    }

    @Test
    void aSavepointThatACheckpointHasFilesOfStays() throws IOException {
        checkpointThatNeeds(temporary.resolve("c"), temporary.resolve("s/one"));

        Prune.Plan plan = prune(1).plan(NOW);

        assertThat(gone(plan)).containsExactly("two");
        assertThat(plan.verdicts())
                .anySatisfy(each -> assertThat(each.reason()).contains("/1/5 needs 1 files of it"));
    }

    /** A job that was started from a savepoint and has a checkpoint that shares its file. */
    static void checkpointThatNeeds(java.nio.file.Path root, java.nio.file.Path savepoint)
            throws IOException {
        Manifest of =
                JobCheckpoints.below(new Path(savepoint.toString()))
                        .get(0)
                        .newest()
                        .orElseThrow()
                        .manifestOrNull();
        CheckpointDirectory directory =
                CheckpointDirectory.of(
                        new Path(savepoint.toString()), new JobId(SampleSavepoints.JOB));
        String job = "b".repeat(32);
        Manifest manifest =
                new Manifest(
                        job,
                        "other",
                        1,
                        5,
                        1,
                        of.kind(),
                        List.of(),
                        List.of(),
                        List.of(),
                        of.files().stream()
                                .map(
                                        file ->
                                                new StoredFile(
                                                        directory.absolute(file.file()),
                                                        file.length()))
                                .toList());
        java.nio.file.Path place = root.resolve(job + "/1/5");
        Files.createDirectories(place);
        Files.write(place.resolve("manifest"), ManifestCodec.encode(manifest));
        Files.write(root.resolve(job + "/job"), new byte[] {1});
        assertThat(SavedCheckpoint.at(new Path(place.toString())).read().files()).hasSize(1);
    }

    @Test
    void whatIsDamagedStaysAndKeepsTheOneBefore() throws IOException {
        Files.createDirectories(temporary.resolve("c"));
        try (var all = Files.walk(temporary.resolve("s/three"))) {
            for (java.nio.file.Path each :
                    all.filter(one -> one.toString().endsWith(".seg")).toList()) {
                Files.delete(each);
            }
        }

        assertThat(gone(prune(1).plan(NOW))).containsExactly("one");
    }

    @Test
    void whatAForkWithoutACheckpointOfItsOwnWasStartedFromStays() throws IOException {
        Files.createDirectories(temporary.resolve("c"));
        Prune.Plan plan = prune(1).plan(NOW);
        String fork = "f".repeat(32);
        Files.createFile(temporary.resolve("s/two/fork-" + fork + "-1-1")); // since the first look
        String mark = "fork-" + fork + "-1-1-application_1_0001";
        Files.createFile(temporary.resolve("s/one/" + SampleSavepoints.JOB).resolve(mark));

        assertThat(gone(prune(1).remove(plan, NOW))).isEmpty();

        assertThat(prune(1).plan(NOW).verdicts())
                .anySatisfy(
                        verdict ->
                                assertThat(verdict.reason())
                                        .contains("job " + fork + " of application_1_0001", mark));
        assertThat(temporary.resolve("s/one")).exists();
        assertThat(temporary.resolve("s/two/_manifest.json")).exists();
    }
}
