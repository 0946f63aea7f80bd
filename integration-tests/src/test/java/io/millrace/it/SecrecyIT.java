package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The application's secret is nowhere but with the submitter and in container credentials. */
@ExtendWith(Sandbox.Resolver.class)
class SecrecyIT {
    @TempDir Path home;

    @Test
    void theSecretIsInNoEnvironmentCommandLineOrLog(Sandbox sandbox) throws IOException {
        Millrace millrace =
                sandbox.millrace()
                        .and("MILLRACE_JAVA_OPTS", Millrace.QUICK_START + " -Duser.home=" + home);
        String id =
                millrace.run(
                                "run",
                                "-t",
                                "yarn",
                                "-d",
                                "-c",
                                "io.millrace.examples.Counter",
                                Millrace.EXAMPLES.toString())
                        .succeeded()
                        .out()
                        .strip();
        List<byte[]> forms;
        try {
            Path kept;
            try (Stream<Path> files = Files.walk(home)) {
                kept = files.filter(file -> file.endsWith(id)).findFirst().orElseThrow();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
            forms = formsOf(Files.readAllBytes(kept));

            Await.until(
                    "the workers run",
                    Duration.ofMinutes(3),
                    () -> Workers.of(id),
                    workers -> !workers.isEmpty());
            for (ProcessHandle process :
                    Stream.concat(Workers.of(id).stream(), Workers.appMasterOf(id).stream())
                            .toList()) {
                for (String file : List.of("environ", "cmdline")) {
                    Path path = Path.of("/proc", Long.toString(process.pid()), file);
                    assertContainsNone(path, Files.readAllBytes(path), forms);
                }
            }
        } finally {
            millrace.run("cancel", id).succeeded();
        }
        assertContainsNone(
                Path.of("logs"),
                millrace.run("logs", id).out().getBytes(StandardCharsets.UTF_8),
                forms);
        Leftovers.none(sandbox);
    }

    /** The secret as bytes and in the usual text forms, whatever form it is kept in. */
    private static List<byte[]> formsOf(byte[] kept) {
        List<byte[]> forms = new ArrayList<>();
        byte[] secret = kept;
        String text = new String(kept, StandardCharsets.US_ASCII).strip();
        if (text.matches("[0-9a-f]{64}")) {
            secret = HexFormat.of().parseHex(text);
        }
        assertThat(secret).hasSize(32);
        forms.add(secret);
        forms.add(HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
        forms.add(java.util.Base64.getEncoder().withoutPadding().encode(secret));
        forms.add(java.util.Base64.getUrlEncoder().withoutPadding().encode(secret));
        return forms;
    }

    private static void assertContainsNone(Path where, byte[] content, List<byte[]> forms) {
        String haystack = new String(content, StandardCharsets.ISO_8859_1);
        for (byte[] form : forms) {
            assertThat(haystack.contains(new String(form, StandardCharsets.ISO_8859_1)))
                    .as("the secret in %s", where)
                    .isFalse();
        }
    }
}
