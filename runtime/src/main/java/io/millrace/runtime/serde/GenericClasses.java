package io.millrace.runtime.serde;

import io.millrace.api.type.GenericTypes;
import io.millrace.api.type.Row;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.TypeKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once for each class, and for each job in this process, that no more than the class is known;
 * or refuses it. Thread-safe.
 */
final class GenericClasses {
    private static final Logger LOG = LoggerFactory.getLogger(GenericClasses.class);

    private final boolean allowed;
    private final Set<Class<?>> announced = ConcurrentHashMap.newKeySet();

    GenericClasses(boolean allowed) {
        this.allowed = allowed;
    }

    /**
     * A described type is going to be used.
     *
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} if it has a generic
     *     part and they are not allowed
     */
    void met(TypeInformation<?> type) {
        if (!allowed) {
            GenericTypes.refuseIn(type);
        }
        for (Map.Entry<Class<?>, String> found : GenericTypes.in(type).entrySet()) {
            String path = found.getValue().isEmpty() ? "" : " at " + found.getValue();
            announce(found.getKey(), type + path);
        }
    }

    /** A value of a class was found at run time, in a place of which nothing is known. */
    void met(Class<?> type) {
        if (!isGeneric(type)) {
            return;
        }
        if (!allowed) {
            throw GenericTypes.refused(type, "found in a record at run time");
        }
        announce(type, "found in a record at run time");
    }

    private static boolean isGeneric(Class<?> type) {
        if (type.getClassLoader() == null || type == Row.class) {
            return false;
        }
        TypeInformation<?> described = TypeExtractor.createTypeInfo((java.lang.reflect.Type) type);
        return described != null
                && described.kind() == TypeKind.GENERIC
                && !described.bringsSerializer();
    }

    private void announce(Class<?> type, String where) {
        if (announced.add(type)) {
            LOG.info(
                    "type={} is generic where=\"{}\": only its class is known, and it is written by"
                            + " the fields that it has. Make it a record or a POJO, or give it a"
                            + " TypeInfoFactory, to make it faster and safer to change;"
                            + " pipeline.generic-types=false makes this an error",
                    type.getName(),
                    where);
        }
    }
}
