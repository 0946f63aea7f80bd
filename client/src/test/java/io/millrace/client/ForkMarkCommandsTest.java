package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.yarn.submit.ApplicationState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of marks of forks, by what the ResourceManager knows of their applications. */
class ForkMarkCommandsTest {
    private static final String JOB = "a".repeat(32);
    private static final String FORK = "f".repeat(32);

    @TempDir private Path temp;

    private CommandLineFixture millrace;
    private Path root;
    private Path mark;

    @BeforeEach
    void aCheckpointIsMarked() throws IOException {
        millrace = new CommandLineFixture(temp);
        root = Files.createDirectories(temp.resolve("checkpoints"));
        new CheckpointFixture(root, 'a', "words").complete(3, 1000).complete(4, 2000);
        mark = mark(FakeApplications.ID);
        Files.createDirectories(temp.resolve("hadoop"));
        for (String site : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
            Files.writeString(
                    temp.resolve("hadoop").resolve(site),
                    "<configuration><property><name>fs.defaultFS</name><value>file:///</value>"
                            + "</property></configuration>");
        }
    }

    private Path mark(String application) throws IOException {
        return Files.createFile(root.resolve(JOB + "/fork-" + FORK + "-1-3-" + application));
    }

    /** Paths are local ones, though the environment names a cluster. */
    private int run(String... args) {
        millrace.environment.put("HADOOP_CONF_DIR", temp.resolve("hadoop").toString());
        return millrace.run(args);
    }

    private int fsck(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "savepoint";
        all[1] = "fsck";
        System.arraycopy(args, 0, all, 2, args.length);
        all[args.length + 2] = root.toUri().toString();
        return run(all);
    }

    private JsonNode fork() throws IOException {
        return new ObjectMapper().readTree(millrace.out).at("/forks/0");
    }

    @Test
    void aMarkOfAForkThatRunsStays() {
        millrace.cluster.then(Phase.RUNNING);

        assertThat(fsck("--delete-orphans", "--forgotten-forks", "--older-than", "0s")).isZero();

        assertThat(millrace.out)
                .contains(mark.getFileName().toString(), "job " + FORK + " of application_1_0001")
                .contains("it runs");
        assertThat(mark).exists();
    }

    @Test
    void aMarkOfAForkThatWasKilledIsReportedAndDeletedWhenTold() throws IOException {
        millrace.cluster.then(Phase.KILLED);

        assertThat(fsck()).isZero();
        assertThat(millrace.out).contains("it has ended; --delete-orphans deletes the mark");
        assertThat(mark).exists();

        assertThat(fsck("--delete-orphans", "--json")).isZero();
        assertThat(fork().at("/fate").asText()).isEqualTo("ENDED");
        assertThat(fork().at("/deleted").asBoolean()).isTrue();
        assertThat(fork().at("/application").asText()).isEqualTo(FakeApplications.ID);
        assertThat(mark).doesNotExist();
    }

    @Test
    void aMarkOfAForkThatIsForgottenStaysUnlessTold() throws IOException {
        Files.delete(mark);
        mark = mark("application_1_0002"); // which the fake does not know

        assertThat(fsck("--delete-orphans", "--older-than", "0s")).isZero();
        assertThat(millrace.out).contains("does not know it", "--forgotten-forks");
        assertThat(mark).exists();

        assertThat(fsck("--delete-orphans", "--forgotten-forks")).isZero();
        assertThat(mark).as("it is young").exists();

        assertThat(fsck("--delete-orphans", "--forgotten-forks", "--older-than", "0s")).isZero();
        assertThat(mark).doesNotExist();
    }

    @Test
    void nothingIsDeletedWhileNobodyAnswers() {
        millrace.cluster.then(Phase.KILLED).unanswered = 1;

        assertThat(fsck("--delete-orphans", "--forgotten-forks", "--older-than", "0s")).isZero();

        assertThat(millrace.out).contains("whether it has ended is not known: ", "nobody answers");
        assertThat(mark).exists();
    }

    @Test
    void withoutAClusterNobodyIsAsked() {
        assertThat(millrace.run("savepoint", "fsck", "--delete-orphans", root.toString())).isZero();

        assertThat(millrace.out).contains("HADOOP_CONF_DIR names no cluster");
        assertThat(mark).exists();
    }

    @Test
    void whatAForkHasMarkedIsNoGarbageOfGcNorOfFsck() {
        millrace.cluster.then(Phase.RUNNING);

        assertThat(run("checkpoint", "gc", "--delete", "--older-than", "0", "--ended", uri(root)))
                .isZero();

        assertThat(root.resolve(JOB + "/1/3/manifest")).exists();
        assertThat(mark).exists();
    }

    @Test
    void aSavepointThatAForkNeedsIsRemovedOnceTheForkHasEnded() throws IOException {
        Path savepoint = temp.resolve("s/savepoint-aaaaaa-000000000000");
        SavepointDirectory.store(
                savepoint.toUri().toString(),
                new Manifest(
                        JOB,
                        "job",
                        1,
                        7,
                        1_000,
                        CheckpointKind.FULL,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
        Files.createFile(savepoint.resolve(JOB + "/fork-" + FORK + "-1-7-" + FakeApplications.ID));
        millrace.cluster.then(Phase.RUNNING).then(Phase.KILLED);

        assertThat(run("savepoint", "--dispose", uri(savepoint))).isEqualTo(8);
        assertThat(millrace.err)
                .contains("job " + FORK + " of application_1_0001 was started from it")
                .contains("--force");
        assertThat(savepoint).exists();

        assertThat(run("savepoint", "--dispose", uri(savepoint))).isZero();
        assertThat(savepoint).doesNotExist();
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }
}
