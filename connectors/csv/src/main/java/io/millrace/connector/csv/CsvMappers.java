package io.millrace.connector.csv;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Jackson as formats use it unless they are given another. Stateless. */
final class CsvMappers {
    private CsvMappers() {}

    /** With dates and times as texts. */
    static CsvMapper create() {
        return CsvMapper.csvBuilder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }
}
