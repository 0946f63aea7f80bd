package io.millrace.it;

/** The complete checkpoints of jobs, by what lies on HDFS. */
final class Checkpoints {
    private Checkpoints() {}

    /**
     * The highest id of a checkpoint whose manifest has its name; 0 if there is none.
     *
     * @param directory that {@code execution.checkpointing.dir} names, of one job
     */
    static long latest(Hdfs hdfs, String directory) {
        return hdfs.listDeep(directory).stream()
                .filter(file -> file.endsWith("/manifest"))
                .mapToLong(file -> Long.parseLong(file.split("/")[2]))
                .max()
                .orElse(0);
    }
}
