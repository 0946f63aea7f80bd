package io.millrace.rocks;

/** An entry of a map, or that there is none, in memory. Confined to the task. */
final class MapCell {
    final Object mapKey;
    Object value;
    boolean present;

    /** It is among the changed ones of its map. */
    boolean changed;

    /** A snapshot has the value, too, which the program might change. */
    boolean shared;

    /** The database cannot have it. */
    boolean onlyHere;

    MapCell(Object mapKey, boolean onlyHere) {
        this.mapKey = mapKey;
        this.onlyHere = onlyHere;
    }
}
