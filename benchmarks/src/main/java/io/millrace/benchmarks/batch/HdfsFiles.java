package io.millrace.benchmarks.batch;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Moves directories to and from the file system of the configuration. A process of its own. */
public final class HdfsFiles {
    private HdfsFiles() {}

    /**
     * @param args {@code put}, {@code get} or {@code delete}, and a directory
     */
    public static void main(String[] args) throws IOException {
        Path directory = new Path(args[1]);
        try (FileSystem files = FileSystem.get(new Configuration())) {
            switch (args[0]) {
                case "put" -> {
                    files.mkdirs(directory.getParent());
                    files.copyFromLocalFile(true, true, directory, directory);
                }
                case "get" -> files.copyToLocalFile(true, directory, directory, true);
                default -> files.delete(directory, true);
            }
        }
        System.out.println("MEASURED cpuMs=0");
    }
}
