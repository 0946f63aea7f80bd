package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.savepoint.TableSavepoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace savepoint export}: what others need to see the tables of a savepoint. */
@Command(name = "export", description = "Prints what others need to see the tables of a savepoint.")
final class SavepointExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "PATH", description = "Directory of the savepoint.")
    private String path;

    @Option(
            names = "--hive-ddl",
            description = "Statements that make them external tables of Hive or Spark.")
    private boolean hive;

    SavepointExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!hive) {
            throw new MillraceException(ErrorCode.USAGE, "say what to print: --hive-ddl.");
        }
        Connections.toFiles(surroundings);
        surroundings.out().print(TableSavepoint.open(new Path(path)).hiveTables());
        surroundings.out().flush();
        return 0;
    }
}
