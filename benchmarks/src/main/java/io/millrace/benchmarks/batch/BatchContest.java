package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Setup;
import io.millrace.benchmarks.job.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A job that all engines do. */
enum BatchContest {
    SORT(
            "sort",
            "100-byte records by a key of 10 bytes, from files to files; bytes",
            new Size(5_000_000_000L, 0),
            new Targets(2, 1.4)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size) throws IOException {
            Answer written = SortRecords.write(place.input(), size.rows() / SortRecords.LENGTH);
            return new Input(written.count(), Optional.of(written));
        }

        @Override
        Answer answer(Path output) throws IOException {
            return SortRecords.read(output);
        }
    },
    WORDCOUNT(
            "wordcount",
            "words of text files, counted; bytes",
            new Size(2_000_000_000L, 0),
            new Targets(2, 1.2)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size) throws IOException {
            return new Input(TextInput.write(place.input(), size.rows()), Optional.empty());
        }

        @Override
        Answer answer(Path output) throws IOException {
            return TextInput.read(output);
        }
    },
    AGGREGATE(
            "aggregate",
            "sum and count of the rows of each key; rows:keys",
            new Size(100_000_000, 10_000_000),
            new Targets(2, 1)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size)
                throws IOException, InterruptedException {
            return ofRows(setup, place, this, size);
        }
    },
    JOIN(
            "join",
            "rows with the one row of their key; rows:keys",
            new Size(50_000_000, 5_000_000),
            new Targets(2, 1)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size)
                throws IOException, InterruptedException {
            return ofRows(setup, place, this, size);
        }
    },
    PARQUET(
            "parquet",
            "five of the ten flat columns of Parquet files; rows",
            new Size(50_000_000, 0),
            new Targets(2, 1)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size)
                throws IOException, InterruptedException {
            Workplace.Ended written =
                    place.run(
                            "parquet-input",
                            List.of(
                                    "-Xmx512m",
                                    "-cp",
                                    setup.flinkClassPath(List.of(setup.flinkParquetLib())),
                                    ParquetInput.class.getName(),
                                    place.input().toString(),
                                    String.valueOf(size.rows())));
            return new Input(size.rows(), Optional.of(Answer.in(written.log())));
        }

        @Override
        boolean countsRows() {
            return true;
        }
    },
    JSON_TO_PARQUET(
            "json-parquet",
            "lines of JSON with ten fields to files of Parquet; rows",
            new Size(5_000_000, 0),
            new Targets(2, 0)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size) throws IOException {
            Answer written = JsonInput.write(place.input(), size.rows(), FILES);
            return new Input(written.count(), Optional.of(written));
        }

        @Override
        Answer answer(Setup setup, Workplace place) throws IOException, InterruptedException {
            return Answer.in(
                    place.run(
                                    "parquet-answer",
                                    List.of(
                                            "-Xmx512m",
                                            "-cp",
                                            setup.flinkClassPath(List.of(setup.flinkParquetLib())),
                                            ParquetAnswer.class.getName(),
                                            place.output().toString()))
                            .log());
        }

        @Override
        boolean countsRows() {
            return true;
        }
    },
    JSON_ON_HDFS(
            "json-parquet-hdfs",
            "the same from and to HDFS; rows",
            new Size(5_000_000, 0),
            new Targets(2, 0)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size)
                throws IOException, InterruptedException {
            Input input = JSON_TO_PARQUET.prepare(setup, place, size);
            place.hdfs().put(place, place.input());
            return input;
        }

        @Override
        Answer answer(Setup setup, Workplace place) throws IOException, InterruptedException {
            place.hdfs().get(place, place.output());
            return JSON_TO_PARQUET.answer(setup, place);
        }

        @Override
        void place(Workplace place, List<String> command) throws IOException, InterruptedException {
            place.hdfs().addTo(command);
        }

        @Override
        boolean countsRows() {
            return true;
        }
    },
    MANY_FILES(
            "many-files",
            "files of twenty lines of JSON, found and read; files",
            new Size(10_000, 0),
            new Targets(2, 0)) {
        @Override
        Input prepare(Setup setup, Workplace place, Size size) throws IOException {
            Answer written =
                    JsonInput.write(place.input(), size.rows() * LINES_OF_FILE, (int) size.rows());
            return new Input(written.count(), Optional.of(written));
        }

        @Override
        boolean countsRows() {
            return true;
        }
    };

    private static final int FILES = 8;
    private static final int LINES_OF_FILE = 20;

    private final String label;
    private final String about;
    private final Size full;
    private final Targets targets;

    BatchContest(String label, String about, Size full, Targets targets) {
        this.label = label;
        this.about = about;
        this.full = full;
        this.targets = targets;
    }

    /**
     * How large it is. Immutable.
     *
     * @param rows bytes of the input where it is written to files, else rows that programs make
     * @param keys among them, or rows of the second input
     */
    record Size(long rows, long keys) {
        Size times(double scale) {
            return new Size((long) (rows * scale), (long) (keys * scale));
        }

        String text() {
            return text(rows) + (keys > 0 ? ":" + text(keys) : "");
        }

        private static String text(long number) {
            if (number >= 1_000_000) {
                return number / 1_000_000 + "M";
            }
            return number >= 1000 ? number / 1000 + "K" : String.valueOf(number);
        }
    }

    /**
     * Ratios of core-seconds that are wanted, at least. Immutable.
     *
     * @param toSpark 0 where Spark has no program
     */
    record Targets(double toFlink, double toSpark) {}

    /**
     * What has been written for the programs. Immutable.
     *
     * @param records by which costs are divided
     * @param expected the answer, where it is known before
     */
    record Input(long records, Optional<Answer> expected) {}

    String label() {
        return label;
    }

    String about() {
        return about;
    }

    Size full() {
        return full;
    }

    Targets targets() {
        return targets;
    }

    /** Writes the input, if there is one, and finds out what is right, if it can be known. */
    abstract Input prepare(Setup setup, Workplace place, Size size)
            throws IOException, InterruptedException;

    /** Of programs that make their rows themselves. */
    private static Input ofRows(Setup setup, Workplace place, BatchContest contest, Size size)
            throws IOException, InterruptedException {
        if (size.keys() < 1 || size.keys() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    contest.label()
                            + " is about rows and their keys, and has "
                            + size.keys()
                            + " keys: give both, as in "
                            + contest.label()
                            + "=2m:200k");
        }
        Files.createDirectories(place.input());
        Workplace.Ended ended =
                place.run(
                        contest.label() + "-answer",
                        RowsAnswer.command(setup.jar().toString(), contest, size));
        return new Input(size.rows(), Optional.of(Answer.in(ended.log())));
    }

    /** Whether the size is rows of files, and not bytes. */
    boolean countsRows() {
        return false;
    }

    /** Whether this engine has a program for it. */
    boolean isOf(BatchEngine engine) {
        return engine != BatchEngine.SPARK || targets.toSpark() > 0;
    }

    /** Tells an engine's command where the files are, if they are not on this machine. */
    void place(Workplace place, List<String> command) throws IOException, InterruptedException {}

    /** What the output of the run says. */
    Answer answer(Setup setup, Workplace place) throws IOException, InterruptedException {
        return answer(place.output());
    }

    /** What an output says. */
    Answer answer(Path output) throws IOException {
        Tally tally = Tally.merged(output);
        return new Answer(tally.count(), tally.hash());
    }
}
