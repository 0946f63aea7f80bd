package io.millrace.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The processes of an application on this machine, by their command lines. */
final class Workers {
    private Workers() {}

    static List<ProcessHandle> of(String applicationId) {
        return java(applicationId, "YarnWorkerMain");
    }

    static List<ProcessHandle> appMasterOf(String applicationId) {
        return java(applicationId, "AppMaster");
    }

    /** The id of the container that a process runs in, as its environment says. */
    static String containerOf(ProcessHandle process) {
        try {
            String environment =
                    Files.readString(
                            Path.of("/proc", String.valueOf(process.pid()), "environ"),
                            StandardCharsets.ISO_8859_1);
            return Arrays.stream(environment.split("\0"))
                    .filter(one -> one.startsWith("CONTAINER_ID="))
                    .map(one -> one.substring("CONTAINER_ID=".length()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(process + " is in no container"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVMs, without the shells that start them. */
    private static List<ProcessHandle> java(String applicationId, String main) {
        String number = applicationId.substring("application_".length());
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(
                        process -> {
                            String line = process.info().commandLine().orElse("");
                            return line.contains(main) && line.contains(number);
                        })
                .toList();
    }
}
