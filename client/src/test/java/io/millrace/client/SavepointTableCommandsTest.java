package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.file.FileSystem;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointStore;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.JobMarker;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.KeyGroups;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointTableCommandsTest {
    private static final String JOB = "c".repeat(32);

    @TempDir Path temp;
    private CommandLineFixture millrace;
    private String checkpoint;
    private Path savepoint;

    @BeforeEach
    void write() throws IOException {
        millrace = new CommandLineFixture(temp);
        savepoint = temp.resolve("savepoint");
        checkpoint = checkpoint(temp.resolve("checkpoints"));
    }

    @AfterEach
    void forgetFileSystems() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    /** One operator that has counted the letters of three words. */
    private static String checkpoint(Path root) throws IOException {
        Files.createDirectories(root);
        FileSystem files = FileSystem.getLocalFileSystem();
        CheckpointDirectory directory =
                new CheckpointDirectory(
                        files, new io.millrace.api.file.Path("file:" + root), new JobId(JOB));
        CheckpointStore store =
                CheckpointStore.open(
                        directory,
                        new FilePointerStore(
                                files, new io.millrace.api.file.Path("file:" + root + "-p"), 1),
                        1,
                        new JobMarker(JOB, "count", "application_1", 5));
        Map<String, Long> letters = new LinkedHashMap<>();
        List.of("two", "three", "with, comma")
                .forEach(word -> letters.put(word, (long) word.length()));
        SavepointFixture.State state = SavepointFixture.state(directory, letters);
        store.write(
                new Manifest(
                        JOB,
                        "count",
                        1,
                        7,
                        1000,
                        CheckpointKind.FULL,
                        List.of(state.operator()),
                        List.of(),
                        List.of(),
                        List.of(state.file())));
        return root.resolve(JOB).toString();
    }

    private void convert() {
        assertThat(millrace.run("savepoint", "convert", checkpoint, savepoint.toString()))
                .as(millrace.err)
                .isZero();
    }

    @Test
    void convertSaysWhatItWrote() {
        convert();

        assertThat(millrace.out)
                .contains("savepoint: 1 tables, 3 rows, ")
                .contains("of checkpoint 7 of 'count'");
    }

    @Test
    void convertDoesNotOverwrite() throws IOException {
        Files.createDirectories(savepoint);

        assertThat(millrace.run("savepoint", "convert", checkpoint, savepoint.toString()))
                .isNotZero();
        assertThat(millrace.err).startsWith("INVALID_OPTION: ");
    }

    @Test
    void convertDealsOutTablesToOtherKeyGroups() throws IOException {
        convert();
        Path other = temp.resolve("other");

        assertThat(
                        millrace.run(
                                "savepoint",
                                "convert",
                                "--max-parallelism",
                                "64",
                                savepoint.toString(),
                                other.toString()))
                .as(millrace.err)
                .isZero();

        assertThat(other.resolve("op=counter/state=counts/kg=0-63.parquet")).exists();
        millrace.run("savepoint", "query", other.toString(), "--key", "two", "--json");
        assertThat(new ObjectMapper().readTree(millrace.out).get("key_group").asInt())
                .isEqualTo(KeyGroups.group(KeyGroups.hash("two"), 64));
    }

    @Test
    void showListsTablesAndColumns() {
        convert();

        assertThat(millrace.run("savepoint", "show", "--schema", savepoint.toString())).isZero();

        assertThat(millrace.out)
                .contains("'count' (" + JOB + ")")
                .containsPattern("counter +KEYED +counts +3 ")
                .contains("optional int64 value");
    }

    @Test
    void queryShowsTheRowsOfAKey() {
        convert();

        assertThat(millrace.run("savepoint", "query", savepoint.toString(), "--key", "three"))
                .isZero();

        assertThat(millrace.out).containsPattern("three +5").doesNotContain("two");
    }

    @Test
    void queryAsCsvQuotesWhatNeedsIt() {
        convert();

        assertThat(
                        millrace.run(
                                "savepoint",
                                "query",
                                savepoint.toString(),
                                "--state",
                                "counts",
                                "--output",
                                "csv"))
                .isZero();

        assertThat(millrace.out.lines())
                .hasSize(4)
                .contains("key_group,key,value")
                .anyMatch(line -> line.endsWith(",\"with, comma\",11"));
    }

    @Test
    void queryOfAnotherStateNamesThoseThatThereAre() {
        convert();

        assertThat(millrace.run("savepoint", "query", savepoint.toString(), "--state", "count"))
                .isNotZero();
        assertThat(millrace.err).contains("counter  KEYED  counts");
    }

    @Test
    void exportPrintsStatementsForHive() {
        convert();

        assertThat(millrace.run("savepoint", "export", "--hive-ddl", savepoint.toString()))
                .isZero();

        assertThat(millrace.out)
                .contains("CREATE EXTERNAL TABLE `counter_counts` (")
                .contains("`value` bigint")
                .contains("savepoint/op=counter/state=counts';");
    }

    @Test
    void exportOfNothingIsAMistake() {
        convert();

        assertThat(millrace.run("savepoint", "export", savepoint.toString())).isNotZero();
        assertThat(millrace.err).startsWith("USAGE: ");
    }

    @Test
    void verifyOfWhatIsWholeEndsWithZero() {
        convert();

        assertThat(millrace.run("savepoint", "verify", savepoint.toString())).isZero();
        assertThat(millrace.out).contains("is whole: ").contains("in 1 files");
    }

    @Test
    void verifyListsDamageAndEndsWithOne() throws IOException {
        convert();
        Path file = savepoint.resolve("op=counter/state=counts/kg=0-7.parquet");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(millrace.run("savepoint", "verify", savepoint.toString())).isEqualTo(1);
        assertThat(millrace.out).contains("kg=0-7.parquet has the checksum");
        assertThat(millrace.err).startsWith("CHECKPOINT_FILE_CORRUPT: 1 files");
    }

    @Test
    void aJobStartsFromTables() throws IOException {
        convert();
        String jar = millrace.jar("program.jar");

        assertThat(millrace.run("run", "-t", "local", "-s", savepoint.toString(), jar))
                .as(millrace.err)
                .isZero();

        assertThat(millrace.err).contains("Starting from a savepoint of 'count'");
        assertThat(millrace.ranLocally.get(0).config().toMap().values())
                .anyMatch(value -> value.endsWith("savepoint/_manifest.json"));
    }

    /** They would find nothing there, and call that no damage. */
    @Test
    void commandsAboutCheckpointsSayWhichOnesReadTables() throws IOException {
        Files.createDirectories(savepoint);
        Files.writeString(savepoint.resolve("_manifest.json"), "{}");
        for (String command : List.of("show", "verify")) {
            assertThat(millrace.run("checkpoint", command, savepoint.toString())).isEqualTo(2);
            assertThat(millrace.err)
                    .startsWith("INVALID_OPTION: ")
                    .contains("'millrace savepoint " + command + " " + savepoint + "'");
        }
    }
}
