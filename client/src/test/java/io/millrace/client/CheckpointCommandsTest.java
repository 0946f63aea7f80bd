package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;
import io.millrace.api.file.FileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandsTest {
    @TempDir Path temp;
    private Path root;
    private CommandLineFixture millrace;
    private CheckpointFixture job;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectories(temp.resolve("checkpoints"));
        millrace = new CommandLineFixture(temp);
        job = new CheckpointFixture(root, 'a', "word count").complete(3, 1000).complete(4, 2000);
    }

    @AfterEach
    void forgetFileSystems() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(millrace.out);
    }

    @Test
    void listShowsJobsAndHowFarTheirCheckpointsCame() throws IOException {
        Files.createDirectories(job.file("1/5"));
        new CheckpointFixture(root, 'b', "other");

        assertThat(millrace.run("checkpoint", "list", root.toString())).isZero();

        assertThat(millrace.out)
                .contains("a".repeat(32) + "  'word count' of application_1")
                .containsPattern("1/3 +COMPLETE .* FULL +1 +54 B +54 B")
                .containsPattern("1/5 +UNFINISHED")
                .contains("b".repeat(32) + "  'other'");
    }

    @Test
    void listAsJsonNamesPaths() throws IOException {
        assertThat(millrace.run("checkpoint", "list", "--json", job.path(""))).isZero();

        JsonNode found = json().at("/jobs/0");
        assertThat(found.get("jobName").asText()).isEqualTo("word count");
        assertThat(found.at("/checkpoints/1/state").asText()).isEqualTo("COMPLETE");
        assertThat(found.at("/checkpoints/1/path").asText()).endsWith("/1/4");
        assertThat(found.at("/checkpoints/1/totalBytes").asLong()).isEqualTo(54);
    }

    @Test
    void listOfADirectoryWithoutCheckpointsSaysSo() {
        assertThat(millrace.run("checkpoint", "list", temp.toString())).isZero();
        assertThat(millrace.out).startsWith("There are no checkpoints below ");
    }

    @Test
    void listOfWhatDoesNotExistIsAnError() {
        assertThat(millrace.run("checkpoint", "list", temp + "/nowhere")).isEqualTo(3);
        assertThat(millrace.err).startsWith("PATH_NOT_FOUND: ");
    }

    @Test
    void showTellsOperatorsStatesAndFiles() {
        assertThat(millrace.run("checkpoint", "show", job.path("1/4"))).isZero();

        assertThat(millrace.out)
                .contains("'word count' (" + "a".repeat(32) + ")")
                .containsPattern("Count words +counter +2 +128 +0")
                .containsPattern("Count words +KEYED +counts +tables/1 +2 +10 B")
                .containsPattern("1/4/worker-1.seg +54");
    }

    @Test
    void showAsJsonHasTheSame() throws IOException {
        assertThat(millrace.run("checkpoint", "show", job.path("1/4/manifest"), "--json")).isZero();

        assertThat(json().at("/operators/0/states/0/bytes").asLong()).isEqualTo(10);
        assertThat(json().at("/storedFiles/0/file").asText()).isEqualTo("1/4/worker-1.seg");
    }

    @Test
    void showOfAJobsDirectoryIsThatOfItsNewestCheckpoint() {
        assertThat(millrace.run("checkpoint", "show", job.path(""))).isZero();
        assertThat(millrace.out).containsPattern("1/4/worker-1.seg +54");
    }

    @Test
    void showOfAnotherDirectorySaysWhatAPathIs() {
        assertThat(millrace.run("checkpoint", "show", job.path("1"))).isEqualTo(3);
        assertThat(millrace.err).startsWith("CHECKPOINT_NOT_FOUND: ").contains("<job id>/<epoch>");
    }

    @Test
    void verifyOfWhatIsWholeEndsWithZero() {
        assertThat(millrace.run("checkpoint", "verify", root.toString())).isZero();
        assertThat(millrace.out)
                .contains("1/3 is whole: 54 B in 1 files and 2 segments")
                .contains("1/4 is whole");
    }

    @Test
    void verifyListsAllDamageAndEndsWithOne() throws IOException {
        Files.delete(job.file("1/3/worker-1.seg"));
        byte[] bytes = Files.readAllBytes(job.file("1/4/worker-1.seg"));
        bytes[45] ^= 1;
        bytes[50] ^= 1;
        Files.write(job.file("1/4/worker-1.seg"), bytes);
        job.complete(5, 3000);
        Files.write(job.file("1/5/manifest"), new byte[20]);

        assertThat(millrace.run("checkpoint", "verify", root.toString())).isEqualTo(1);

        assertThat(millrace.out)
                .contains("1/3 is DAMAGED:")
                .contains("1/3/worker-1.seg is missing")
                .contains("the segment of 5 bytes at 44 has the checksum")
                .contains("the segment of 5 bytes at 49 has the checksum")
                .contains("1/5/manifest is not the manifest of a checkpoint");
        assertThat(millrace.err).startsWith("CHECKPOINT_FILE_CORRUPT: 3 of 3 checkpoints");
    }

    @Test
    void verifyAsJsonListsDamages() throws IOException {
        Files.delete(job.file("1/3/worker-1.seg"));

        assertThat(millrace.run("checkpoint", "verify", job.path("1/3"), "--output", "json"))
                .isEqualTo(1);

        assertThat(json().at("/checkpoints/0/damages/0").asText()).endsWith("is missing");
    }

    @Test
    void gcListsFirstAndDeletesOnlyIfTold() throws IOException {
        Files.createDirectories(job.file("1/2"));
        Files.write(job.file("1/2/worker-1.seg"), new byte[10]);

        assertThat(millrace.run("checkpoint", "gc", "--older-than", "0", root.toString())).isZero();
        assertThat(millrace.out)
                .contains("/1/2/")
                .contains("1 files and directories can be deleted: add --delete.");
        assertThat(job.file("1/2/worker-1.seg")).exists();

        assertThat(
                        millrace.run(
                                "checkpoint",
                                "gc",
                                "--older-than",
                                "0",
                                "--delete",
                                root.toString()))
                .isZero();
        assertThat(millrace.out).contains("Deleted 1 files and directories.");
        assertThat(job.file("1/2")).doesNotExist();
        assertThat(job.file("1/3/worker-1.seg")).exists();
        assertThat(job.file("1/4/manifest")).exists();
    }

    @Test
    void gcLeavesAloneWhatIsYoung() throws IOException {
        Files.createDirectories(job.file("1/2"));
        Files.write(job.file("1/2/worker-1.seg"), new byte[10]);

        assertThat(millrace.run("checkpoint", "gc", "--delete", root.toString())).isZero();

        assertThat(millrace.out).contains("There is nothing to delete.");
        assertThat(job.file("1/2")).exists();
    }

    @Test
    void gcDeletesNothingOfAJobWhoseManifestCannotBeRead() throws IOException {
        Files.createDirectories(job.file("1/2"));
        Files.write(job.file("1/2/worker-1.seg"), new byte[10]);
        Files.write(job.file("1/3/manifest"), new byte[20]);

        assertThat(
                        millrace.run(
                                "checkpoint",
                                "gc",
                                "--older-than",
                                "0",
                                "--delete",
                                root.toString()))
                .isEqualTo(1);

        assertThat(millrace.err).contains("nothing of job " + "a".repeat(32) + " is deleted");
        assertThat(job.file("1/2/worker-1.seg")).exists();
    }

    /** What a crash has left of the first job, and a job needs that was started from it. */
    private void needsAFileOfTheFirst(Path itsRoot) throws IOException {
        Files.createDirectories(job.file("1/2"));
        Files.write(job.file("1/2/worker-1.seg"), new byte[10]);
        Files.createDirectories(itsRoot);
        new CheckpointFixture(itsRoot, 'b', "fork")
                .completeNeeding(9, job.file("1/2/worker-1.seg").toUri().toString());
    }

    @Test
    void gcLeavesWhatACheckpointOfAnotherJobNeeds() throws IOException {
        needsAFileOfTheFirst(root);

        for (String path : List.of(root.toString(), job.path(""))) {
            assertThat(
                            millrace.run(
                                    "checkpoint",
                                    "gc",
                                    "--ended",
                                    "--older-than",
                                    "0",
                                    "--delete",
                                    path))
                    .as(path)
                    .isZero();
            assertThat(millrace.out).contains("There is nothing to delete.");
        }
        assertThat(job.file("1/2/worker-1.seg")).exists();
    }

    @Test
    void gcLooksWhereElseCheckpointsLieThatNeedFiles() throws IOException {
        Path elsewhere = temp.resolve("elsewhere");
        needsAFileOfTheFirst(elsewhere);

        for (List<String> known :
                List.of(
                        List.of("--checkpoints", elsewhere.toString()),
                        List.of("-D", "execution.checkpointing.dir=" + elsewhere))) {
            List<String> command = new ArrayList<>(List.of("checkpoint", "gc"));
            command.addAll(known);
            command.addAll(List.of("--older-than", "0", "--delete", root.toString()));
            assertThat(millrace.run(command.toArray(String[]::new))).isZero();
            assertThat(millrace.out).contains("There is nothing to delete.");
        }
        assertThat(job.file("1/2/worker-1.seg")).exists();
    }

    @Test
    void gcDeletesNothingOfAJobWhileItIsNotKnownWhatAnotherOneNeeds() throws IOException {
        needsAFileOfTheFirst(root);
        Path other = root.resolve("b".repeat(32) + "/1/9/manifest");
        byte[] bytes = Files.readAllBytes(other);
        bytes[bytes.length / 2] ^= 1;
        Files.write(other, bytes);

        assertThat(
                        millrace.run(
                                "checkpoint",
                                "gc",
                                "--json",
                                "--older-than",
                                "0",
                                "--delete",
                                job.path("")))
                .isEqualTo(1);

        assertThat(json().at("/jobs/0/problem").asText())
                .contains("nothing of job " + "a".repeat(32))
                .contains("b".repeat(32) + "/1/9");
        assertThat(job.file("1/2/worker-1.seg")).exists();
    }

    private String startedFrom(int run) {
        return millrace.ranLocally.get(run).config().toMap().get("execution.state-recovery.path");
    }

    @Test
    void runStartsFromTheCheckpointAtAPath() {
        String jar = millrace.jar("job.jar");

        assertThat(millrace.run("run", "-t", "local", "-s", job.path("1/3"), jar)).isZero();

        assertThat(startedFrom(0)).endsWith("/1/3/manifest");
        assertThat(millrace.err).contains("Starting from checkpoint 3 of 'word count'");
    }

    @Test
    void runStartsFromTheNewestCompleteCheckpointOfAJob() throws IOException {
        Files.createDirectories(job.file("1/5"));

        assertThat(millrace.run("run", "-t", "local", "-s", job.path(""), millrace.jar("job.jar")))
                .isZero();

        assertThat(startedFrom(0)).endsWith("/1/4/manifest");
    }

    @Test
    void runFromWhatIsNoCheckpointDoesNotRun() {
        String jar = millrace.jar("job.jar");

        assertThat(millrace.run("run", "-t", "local", "--from-checkpoint", job.path("1/9"), jar))
                .isEqualTo(3);

        assertThat(millrace.err).startsWith("CHECKPOINT_NOT_FOUND: ");
        assertThat(millrace.ranLocally).isEmpty();
    }

    private int resume(String name, String... more) {
        List<String> args =
                new java.util.ArrayList<>(
                        List.of(
                                "run",
                                "-t",
                                "local",
                                "-D",
                                "execution.checkpointing.dir=" + root,
                                "--resume-latest",
                                name));
        args.addAll(List.of(more));
        args.add(millrace.jar("job.jar"));
        return millrace.run(args.toArray(String[]::new));
    }

    @Test
    void resumeLatestTakesTheNewestOfAllJobsOfThatName() throws IOException {
        new CheckpointFixture(root, 'b', "word count").complete(1, 5000);
        new CheckpointFixture(root, 'c', "other").complete(9, 9000);

        assertThat(resume("word count")).isZero();

        assertThat(startedFrom(0)).endsWith("b".repeat(32) + "/1/1/manifest");
        assertThat(millrace.err).contains("Verifying ");
    }

    @Test
    void aJobClaimsItsCheckpointOnlyIfAsked() throws IOException {
        assertThat(resume("word count")).isZero();
        assertThat(resume("word count", "--claim")).isZero();

        assertThat(claimMode(0)).isEqualTo(RecoveryClaimMode.NO_CLAIM);
        assertThat(claimMode(1)).isEqualTo(RecoveryClaimMode.CLAIM);
    }

    private RecoveryClaimMode claimMode(int run) {
        return millrace.ranLocally.get(run).config().get(CheckpointOptions.CLAIM_MODE);
    }

    @Test
    void whoClaimsNamesACheckpoint() {
        assertThat(millrace.run("run", "-t", "local", "--claim", millrace.jar("job.jar")))
                .isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: --claim ");
    }

    @Test
    void resumeLatestPassesOverWhatIsDamagedAndSaysSo() throws IOException {
        byte[] bytes = Files.readAllBytes(job.file("1/4/worker-1.seg"));
        bytes[45] ^= 1;
        Files.write(job.file("1/4/worker-1.seg"), bytes);

        assertThat(resume("word count")).isZero();

        assertThat(startedFrom(0)).endsWith("/1/3/manifest");
        assertThat(millrace.err)
                .contains("Passed over: ")
                .contains("1/4/worker-1.seg: the segment of 5 bytes at 44")
                .contains("Starting from checkpoint 3");
    }

    @Test
    void resumeLatestWithoutVerificationReadsNoState() throws IOException {
        Files.delete(job.file("1/4/worker-1.seg"));

        assertThat(resume("word count", "--skip-verification")).isZero();

        assertThat(startedFrom(0)).endsWith("/1/4/manifest");
    }

    @Test
    void resumeLatestNeverStartsEmpty() throws IOException {
        assertThat(resume("wordcount")).isEqualTo(3);
        assertThat(millrace.err).startsWith("CHECKPOINT_NOT_FOUND: ").contains("'wordcount'");

        Files.delete(job.file("1/3/worker-1.seg"));
        Files.delete(job.file("1/4/worker-1.seg"));
        assertThat(resume("word count")).isEqualTo(1);
        assertThat(millrace.err).contains("CHECKPOINT_FILE_CORRUPT: all 2 complete checkpoints");
        assertThat(millrace.ranLocally).isEmpty();
    }

    @Test
    void resumeLatestNeedsADirectory() {
        String jar = millrace.jar("job.jar");

        assertThat(millrace.run("run", "-t", "local", "--resume-latest", "x", jar)).isEqualTo(2);

        assertThat(millrace.err)
                .startsWith("INVALID_OPTION: ")
                .contains("execution.checkpointing.dir");
    }

    @Test
    void onlyOneStartingPointIsTaken() {
        assertThat(resume("word count", "-s", job.path("1/3"))).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ");
    }

    @Test
    void anApplicationOnYarnIsToldTheCheckpoint() throws IOException {
        withCluster();
        String jar = millrace.jar("job.jar");

        assertThat(millrace.run("run", "-t", "yarn", "-d", "-s", "file:" + job.path("1/3"), jar))
                .isZero();

        assertThat(millrace.cluster.submitted.get(0).config().toMap())
                .containsEntry("execution.state-recovery.path", "file:" + job.path("1/3/manifest"));
    }

    /** Its newest one now may be gone when the application master has started and marks it. */
    @Test
    void anApplicationOnYarnLooksForTheNewestCheckpointOfAJobItself() throws IOException {
        withCluster();

        String jar = millrace.jar("job.jar");
        assertThat(millrace.run("run", "-t", "yarn", "-d", "-s", "file:" + job.path(""), jar))
                .isZero();
        assertThat(
                        millrace.run(
                                "run",
                                "-t",
                                "yarn",
                                "-d",
                                "--claim",
                                "-s",
                                "file:" + job.path(""),
                                jar))
                .isZero();

        assertThat(millrace.err).contains("Starting from checkpoint 4 of 'word count'");
        assertThat(millrace.cluster.submitted)
                .extracting(each -> each.config().toMap().get("execution.state-recovery.path"))
                .satisfiesExactly(
                        place ->
                                assertThat(new io.millrace.api.file.Path(place).getName())
                                        .hasSize(32),
                        place -> assertThat(place).endsWith("/1/4/manifest"));
    }

    private void withCluster() throws IOException {
        Path conf = Files.createDirectories(temp.resolve("hadoop"));
        Files.writeString(
                conf.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name>"
                        + "<value>hdfs://cluster:8020</value></property></configuration>");
        millrace.environment.put("HADOOP_CONF_DIR", conf.toString());
    }
}
