package io.millrace.it;

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
