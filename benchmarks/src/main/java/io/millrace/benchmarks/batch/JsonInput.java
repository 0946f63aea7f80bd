package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.job.Mix;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of lines of JSON, the same ones each time. */
final class JsonInput {
    private JsonInput() {}

    /** Writes so many rows in files of about equal size; gives what is right. */
    static Answer write(Path directory, long rows, int files) throws IOException {
        Files.createDirectories(directory);
        long checksum = 0;
        for (int file = 0; file < files; file++) {
            Path path = directory.resolve("sales-" + file + ".json");
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(path), 1 << 18)) {
                for (long row = rows * file / files; row < rows * (file + 1) / files; row++) {
                    checksum += Mix.of(writeRow(out, row));
                }
            }
        }
        return new Answer(rows, checksum);
    }

    private static long writeRow(OutputStream out, long row) throws IOException {
        long random = Rows.key(row, Long.MAX_VALUE);
        SaleLine sale = new SaleLine();
        sale.id = row;
        sale.quantity = (int) (random & 63) + 1;
        sale.price = (random >>> 6 & 0xFFFFF) / 4.0;
        sale.discount = (random >>> 26 & 15) / 16f;
        sale.product = "product " + (random >>> 30 & 1023);
        sale.time = 1_700_000_000_000L + row * 37;
        sale.shop = (int) (random >>> 40 & 255);
        sale.returned = (random >>> 48 & 31) == 0;
        sale.customer = "customer " + (random >>> 20 & 0xFFFFFF);
        sale.comment = "as ordered, no. " + (random & 0xFFFFFFFFL);
        String line =
                "{\"id\":"
                        + sale.id
                        + ",\"quantity\":"
                        + sale.quantity
                        + ",\"price\":"
                        + sale.price
                        + ",\"discount\":"
                        + sale.discount
                        + ",\"product\":\""
                        + sale.product
                        + "\",\"time\":"
                        + sale.time
                        + ",\"shop\":"
                        + sale.shop
                        + ",\"returned\":"
                        + sale.returned
                        + ",\"customer\":\""
                        + sale.customer
                        + "\",\"comment\":\""
                        + sale.comment
                        + "\"}\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        return sale.checksum();
    }
}
