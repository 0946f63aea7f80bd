package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.file.FileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointCatalogueCommandsTest {
    private static final Map<String, Long> MONDAY = Map.of("two", 3L, "three", 5L, "four", 4L);
    private static final Map<String, Long> TUESDAY = Map.of("two", 4L, "three", 5L, "five", 4L);

    @TempDir Path temp;
    private CommandLineFixture millrace;
    private Path savepoints;
    private Path monday;
    private Path tuesday;

    @BeforeEach
    void write() throws IOException {
        millrace = new CommandLineFixture(temp);
        savepoints = temp.resolve("savepoints");
        monday = SavepointFixture.savepoint(savepoints.resolve("monday"), 1000, MONDAY);
        tuesday = SavepointFixture.savepoint(savepoints.resolve("tuesday"), 2000, TUESDAY);
    }

    @AfterEach
    void forgetFileSystems() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "savepoint";
        System.arraycopy(args, 0, all, 1, args.length);
        return millrace.run(all);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(millrace.out);
    }

    @Test
    void listShowsTheNewestFirst() {
        assertThat(run("list", savepoints.toString())).isZero();

        assertThat(millrace.out.lines().skip(1))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .contains("NATIVE", "COMPLETE", "'count'", "tuesday"),
                        line -> assertThat(line).contains("monday"));
    }

    @Test
    void listAsJsonHasMarksAndSizes() throws IOException {
        assertThat(run("pin", monday.toString())).isZero();
        assertThat(millrace.out).contains("is pinned, without tags");
        assertThat(run("tag", monday.toString(), "release-1", "good")).isZero();
        assertThat(millrace.out).contains("tagged good, release-1");

        assertThat(run("list", "--json", savepoints.toString())).isZero();

        JsonNode one = json().at("/savepoints/1");
        assertThat(one.get("id").asText()).isEqualTo("monday");
        assertThat(one.get("pinned").asBoolean()).isTrue();
        assertThat(one.get("tags").toString()).isEqualTo("[\"good\",\"release-1\"]");
        assertThat(one.get("operators").asInt()).isEqualTo(1);
        assertThat(one.get("bytes").asLong()).isPositive();
        assertThat(one.get("triggeredAtMs").asLong()).isEqualTo(1000);

        assertThat(run("tag", "--remove", monday.toString(), "good")).isZero();
        assertThat(run("unpin", "--json", monday.toString())).isZero();
        assertThat(json().get("pinned").asBoolean()).isFalse();
        assertThat(json().get("tags").toString()).isEqualTo("[\"release-1\"]");
    }

    @Test
    void listOfNothingSaysSo() {
        assertThat(run("list", temp.resolve("nowhere").toString())).isEqualTo(3);
        assertThat(millrace.err).startsWith("PATH_NOT_FOUND: ");
        assertThat(run("list")).isEqualTo(2);
        assertThat(millrace.err).startsWith("USAGE: ").contains("savepoint-dir");
    }

    @Test
    void diffShowsKeysAndCountsAndEndsWithOne() {
        assertThat(run("diff", monday.toString(), tuesday.toString())).isEqualTo(1);

        assertThat(millrace.out)
                .contains("~ counter counts \"two\": 3 -> 4")
                .contains("+ counter counts \"five\": 4")
                .contains("- counter counts \"four\": 4")
                .containsPattern("counter +KEYED +counts +1 +1 +1 +1");
        assertThat(millrace.err).isEmpty();
    }

    @Test
    void diffWithALimitCountsAll() throws IOException {
        assertThat(run("diff", "--limit", "1", monday.toString(), tuesday.toString())).isEqualTo(1);
        assertThat(millrace.out).contains("1 of 3 differences are shown");

        assertThat(run("diff", "--json", "--limit", "0", monday.toString(), tuesday.toString()))
                .isEqualTo(1);
        assertThat(json().get("same").asBoolean()).isFalse();
        assertThat(json().at("/states/0/changed").asLong()).isEqualTo(1);
        assertThat(json().get("differences")).isEmpty();
    }

    @Test
    void diffOfTheSameInAnotherFormEndsWithZero() {
        Path tables = temp.resolve("tables");
        assertThat(run("convert", monday.toString(), tables.toString())).isZero();

        assertThat(run("diff", monday.toString(), tables.toString())).as(millrace.out).isZero();

        assertThat(millrace.out).containsPattern("counts +3 +0 +0 +0");
    }

    @Test
    void copyReadsAgainAndTellsHowFarItIs() {
        Path copy = temp.resolve("copy");

        assertThat(run("copy", monday.toString(), copy.toString())).as(millrace.err).isZero();

        assertThat(millrace.out).contains("copy is a whole copy: ").contains("in 1 files");
        assertThat(millrace.err).contains("Copied ").contains("Reading the copy again");
        assertThat(run("diff", monday.toString(), copy.toString())).isZero();
        assertThat(run("copy", tuesday.toString(), copy.toString())).isEqualTo(2);
        assertThat(millrace.err).contains("INVALID_OPTION: ").contains("something else");
    }

    @Test
    void pruneSaysWhyAndRemovesNothingByItself() {
        assertThat(run("prune", "--keep", "1", savepoints.toString())).isZero();

        assertThat(millrace.out)
                .containsPattern("goes .*monday +number 2 of 2 of 'count'")
                .containsPattern("stays .*tuesday +is the newest complete one of 'count'")
                .contains("1 savepoints with ")
                .contains("add --yes");
        assertThat(monday).exists();
    }

    @Test
    void pruneWithYesRemoves() throws IOException {
        assertThat(run("prune", "--older-than", "30d", "--yes", "--json", savepoints.toString()))
                .isZero();

        assertThat(json().at("/savepoints/1/removed").asBoolean()).isTrue();
        assertThat(json().get("bytesFreed").asLong()).isPositive();
        assertThat(monday).doesNotExist();
        assertThat(tuesday).exists();
    }

    @Test
    void pruneLeavesWhatIsPinned() {
        run("pin", monday.toString());

        assertThat(run("prune", "--keep", "1", "--yes", savepoints.toString())).isZero();

        assertThat(millrace.out)
                .containsPattern("stays .*monday +is pinned")
                .contains("Removed 0 savepoints");
        assertThat(monday).exists();
    }

    @Test
    void pruneWithoutARuleIsAMistake() {
        for (String[] args :
                List.of(
                        new String[] {"prune", "x"},
                        new String[] {"prune", "x", "--keep", "0"},
                        new String[] {"prune", "x", "--older-than", "soon"},
                        new String[] {"prune", "x", "--keep", "1", "--yes", "--dry-run"})) {
            assertThat(run(args)).isEqualTo(2);
            assertThat(millrace.err).startsWith("USAGE: ");
        }
    }

    @Test
    void pruneOfADirectoryOfOneSavepointLeavesIt() {
        assertThat(run("prune", "--keep", "1", "--yes", monday.toString())).isZero();
        assertThat(monday).exists();
    }

    @Test
    void fsckOfWhatIsWholeEndsWithZero() {
        assertThat(run("fsck", "--deep", savepoints.toString())).isZero();

        assertThat(millrace.out)
                .contains("2 savepoints and checkpoints are whole")
                .contains("read");
        assertThat(millrace.err).contains("Reading ");
    }

    @Test
    void fsckNamesDamageAndEndsWithOne() throws IOException {
        Path file = monday.resolve(SavepointFixture.JOB + "/1/7/w.seg");
        Files.write(file, new byte[3]);

        assertThat(run("fsck", savepoints.toString())).isEqualTo(1);

        assertThat(millrace.out)
                .contains("monday is DAMAGED:")
                .contains("w.seg has 3 bytes, the manifest says ");
        assertThat(millrace.err).startsWith("CHECKPOINT_FILE_CORRUPT: 1 savepoints");
    }

    @Test
    void fsckDeletesOrphansWhenTold() throws IOException {
        Files.delete(monday.resolve(SavepointFixture.JOB + "/1/7/manifest"));

        assertThat(run("fsck", savepoints.toString())).isZero();
        assertThat(millrace.out).doesNotContain("orphan"); // it is young

        assertThat(run("fsck", "--older-than", "0s", "--json", savepoints.toString())).isZero();
        assertThat(json().at("/orphans/0/path").asText()).endsWith("monday");
        assertThat(json().at("/orphans/0/deleted").asBoolean()).isFalse();

        assertThat(run("fsck", "--older-than", "0s", "--delete-orphans", savepoints.toString()))
                .isZero();
        assertThat(millrace.out).contains("Deleted 1 orphans");
        assertThat(monday).doesNotExist();
        assertThat(tuesday).exists();
    }

    @Test
    void fsckNamesOrphansOfJobsAndLeavesWhatOthersNeed() throws IOException {
        Path root = Files.createDirectories(temp.resolve("checkpoints"));
        CheckpointFixture job =
                new CheckpointFixture(root, 'a', "words").complete(3, 1000).complete(4, 2000);
        Files.createDirectories(job.file("1/2"));
        Files.writeString(job.file("1/2/worker-1.seg"), "left");

        assertThat(run("fsck", "--older-than", "0s", root.toString())).isZero();

        assertThat(millrace.out)
                .contains("1/2/ is an orphan of 4 B")
                .contains("1 orphans with 4 B");
    }

    @Test
    void verifyReadsNativeOnesToo() throws IOException {
        assertThat(run("verify", monday.toString())).isZero();
        assertThat(millrace.out).contains("is whole: ").contains("in 1 files");

        Path file = monday.resolve(SavepointFixture.JOB + "/1/7/w.seg");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(run("verify", monday.toString())).isEqualTo(1);
        assertThat(millrace.out).contains("has the checksum");
    }

    @Test
    void queryOfANativeOneSaysWhatToConvert() {
        assertThat(run("query", monday.toString())).isEqualTo(3);
        assertThat(millrace.err).contains("CHECKPOINT_NOT_FOUND").contains("savepoint convert ");
    }

    @Test
    void queryTakesACondition() {
        Path tables = temp.resolve("tables");
        run("convert", monday.toString(), tables.toString());

        assertThat(run("query", tables.toString(), "--where", "value > 3 and key like 't%'"))
                .isZero();
        assertThat(millrace.out).containsPattern("three +5").doesNotContain("two", "four");

        assertThat(run("query", tables.toString(), "--where", "value > 300", "--statistics"))
                .isZero();
        assertThat(millrace.err)
                .contains("Read 0 of 1 row groups: 0 cannot have the key, the statistics of 1");
        assertThat(
                        run(
                                "query",
                                tables.toString(),
                                "--where",
                                "value > 3",
                                "--statistics",
                                "--json"))
                .isZero();
        assertThat(millrace.err)
                .contains(
                        "{\"rowGroups\":1,\"read\":1,\"skippedByKey\":0,\"skippedByStatistics\":0}");

        assertThat(run("query", tables.toString(), "--where", "key = 'two'", "--output", "csv"))
                .isZero();
        assertThat(millrace.out.lines().skip(1)).singleElement().asString().endsWith(",two,3");
    }

    @Test
    void queryWithAConditionThatCannotBeIsKind() {
        Path tables = temp.resolve("tables");
        run("convert", monday.toString(), tables.toString());

        assertThat(run("query", tables.toString(), "--where", "valeu > 3")).isEqualTo(2);
        assertThat(millrace.err).contains("no column 'valeu'").contains("key_group, key, value");
        assertThat(run("query", tables.toString(), "--where", "value > ")).isEqualTo(2);
        assertThat(millrace.err).contains("INVALID_OPTION").contains("›");
        assertThat(run("query", tables.toString(), "--where", "key = 4711")).isZero();
        assertThat(millrace.err).contains("texts stand in '…'");
    }
}
