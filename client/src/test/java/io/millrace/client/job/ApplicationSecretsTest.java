package io.millrace.client.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.wire.AppSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationSecretsTest {
    private static final String ID = "application_1_0001";

    @TempDir Path directory;

    @Test
    void keepsSecretsForTheirOwnerOnly() throws Exception {
        Path below = directory.resolve("millrace/applications");
        ApplicationSecrets secrets = new ApplicationSecrets(below);
        AppSecret secret = AppSecret.random();
        secrets.put(ID, secret);
        assertThat(secrets.find(ID)).contains(secret);
        assertThat(mode(below)).isEqualTo("rwx------");
        assertThat(mode(below.resolve(ID))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void forgets() {
        ApplicationSecrets secrets = new ApplicationSecrets(directory);
        secrets.put(ID, AppSecret.random());
        secrets.forget(ID);
        secrets.forget(ID);
        assertThat(secrets.find(ID)).isEmpty();
    }

    @Test
    void forgetsThoseThatNobodySawEnding() throws Exception {
        ApplicationSecrets secrets = new ApplicationSecrets(directory);
        secrets.put("application_1_0000", AppSecret.random());
        Files.setLastModifiedTime(
                directory.resolve("application_1_0000"),
                FileTime.from(Instant.now().minus(Duration.ofDays(91))));
        secrets.put(ID, AppSecret.random());
        assertThat(secrets.find("application_1_0000")).isEmpty();
        assertThat(secrets.find(ID)).isPresent();
    }

    @Test
    void findsNothingInADamagedFile() throws Exception {
        Files.writeString(directory.resolve(ID), "xyz");
        assertThat(new ApplicationSecrets(directory).find(ID)).isEmpty();
    }

    @Test
    void takesNoPathForAnId() {
        assertThatThrownBy(() -> new ApplicationSecrets(directory).find("../x"))
                .hasMessageStartingWith("JOB_NOT_FOUND: ");
    }
}
