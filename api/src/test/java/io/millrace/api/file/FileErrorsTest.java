package io.millrace.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class FileErrorsTest {
    private static final Path PATH = new Path("hdfs://cluster/savepoints");

    @Test
    void theStackOfAnotherProcessIsNoPartOfAMessage() {
        IOException remote =
                new IOException("/savepoints (is not a directory)\n\tat org.example.Server.call\n");
        assertThat(FileErrors.of(remote, PATH, "prepare it").getMessage())
                .startsWith("STORAGE_FAILED")
                .endsWith(PATH + ": /savepoints (is not a directory)");
    }

    @Test
    void anErrorWithoutAMessageIsNamedByItsClass() {
        assertThat(FileErrors.of(new IOException(), PATH, "prepare it").getMessage())
                .endsWith(PATH + ": IOException");
    }

    @Test
    void onlyOneUserIsNamedWhoMayNot() {
        String here = "as user '" + System.getProperty("user.name") + "'";
        assertThat(refused("Permission denied: user=alice, access=WRITE"))
                .contains("user=alice")
                .doesNotContain(here);
        assertThat(refused("read-only")).contains(here);
    }

    private static String refused(String reason) {
        return FileErrors.of(
                        new AccessDeniedException(PATH.toString(), null, reason),
                        PATH,
                        "prepare it")
                .getMessage();
    }
}
